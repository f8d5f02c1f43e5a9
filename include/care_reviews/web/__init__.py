"""What every set of pages shares: templates that escape, text made plain, folders that are whole."""
