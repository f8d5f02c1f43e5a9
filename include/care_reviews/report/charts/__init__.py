"""Charts as SVG, drawn here: each with a text that says what it shows."""
