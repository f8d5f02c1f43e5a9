"""Landing: what the source holds tonight becomes row versions, with nothing lost and nothing written twice."""

from care_reviews.landing.land import land
from care_reviews.landing.manifest import ManifestRow

__all__ = ["ManifestRow", "land"]
