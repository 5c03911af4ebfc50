"""The bots to compare with, each written the way its library's own guide does it."""
