"""Care Reviews: from a council's record system to published, validated review measures."""

__version__ = "0.1.0"
