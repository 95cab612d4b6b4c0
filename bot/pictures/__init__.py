"""Pictures of what is reported: the toll as a chart, the places as a map, each with the same in words."""
