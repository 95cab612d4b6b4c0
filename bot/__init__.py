"""The answer desk: it understands a question, finds the claims that answer it and says who makes them."""
