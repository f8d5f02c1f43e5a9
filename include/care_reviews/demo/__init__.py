"""The synthetic council: a made-up record system that behaves like a real one. No person in it exists."""

from care_reviews.demo.fill import SYNTHETIC, fill_source

__all__ = ["SYNTHETIC", "fill_source"]
