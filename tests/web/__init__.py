"""What holds for every page: templates draw, colours are readable, pages are light."""
