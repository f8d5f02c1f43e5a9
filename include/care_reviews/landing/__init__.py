"""Landing: what the source holds tonight becomes row versions; nothing is lost or written twice."""

from care_reviews.landing.land import land
from care_reviews.landing.manifest import ManifestRow

__all__ = ["ManifestRow", "land"]
