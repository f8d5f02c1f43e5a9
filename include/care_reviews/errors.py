"""Errors that a person can act on: each message says what is wrong, where, and what to do."""


class CareReviewsError(Exception):
    """A refusal with its reason; shown without a traceback. `retry` says whether trying again may help."""

    retry = False


class ConfigurationError(CareReviewsError):
    """A setting or connection is missing or cannot be read."""


class SourceUnavailableError(CareReviewsError):
    """The source cannot be reached or stopped answering; a later try may succeed."""

    retry = True


class SourceContractError(CareReviewsError):
    """The source lacks a table or column of its contract."""


class NightRefusedError(CareReviewsError):
    """A night cannot run as asked: out of order, or superseded by another run."""


class WarehouseBusyError(CareReviewsError):
    """Another run is at work on the same authority; a later try may succeed."""

    retry = True


class BuildError(CareReviewsError):
    """dbt could not build the candidate marts."""


class GateBlockedError(CareReviewsError):
    """A gate said stop: nothing is published, the last publication stands."""


class DatabaseFailedError(CareReviewsError):
    """A database refused a statement; `retry` of the instance says whether the reason may pass by itself."""


class LookupRefusedError(CareReviewsError):
    """A pseudonym cannot be looked up as asked."""


class PublicationRefusedError(CareReviewsError):
    """A publication cannot be withdrawn as asked."""


class RebuildRefusedError(CareReviewsError):
    """A publication cannot be built again as asked."""


class UnknownTeamError(CareReviewsError):
    """A team was named that no finding belongs to."""


class ExportRefusedError(CareReviewsError):
    """A publication cannot be exported as asked."""


class ReportRefusedError(CareReviewsError):
    """A report cannot be made as asked."""
