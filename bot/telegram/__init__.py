"""The Telegram door: it hears what is asked, hands it to the answer desk and sends what the desk says."""
