"""A reader who wants to know what is suppressed, with all that is published and an integer solver."""
