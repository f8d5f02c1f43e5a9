# One image for every service: Airflow's four, the migration job and the server of pages.
FROM python:3.12-slim-bookworm AS packages
WORKDIR /srv/care-reviews
COPY requirements.lock pyproject.toml README.md LICENSE ./
COPY bin/install bin/install
COPY include include
COPY expectations expectations
RUN bin/install .venv

FROM python:3.12-slim-bookworm
ARG UID=1000
ARG GID=1000
# What makes the report's PDF.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid "$GID" care-reviews \
    && useradd --uid "$UID" --gid "$GID" --create-home care-reviews \
    && install --directory --owner="$UID" --group="$GID" --mode=0700 \
        /var/lib/care-reviews /var/lib/care-reviews/site \
        /var/lib/care-reviews/report /var/lib/care-reviews/board /var/lib/care-reviews/secrets
WORKDIR /srv/care-reviews
COPY --from=packages /srv/care-reviews /srv/care-reviews
COPY dags dags
COPY dbt_project dbt_project
COPY docs docs
# The commit that this image was built from, for the ledger of publications.
ARG CODE_VERSION=
ENV CARE_REVIEWS_CODE_VERSION=$CODE_VERSION \
    PATH="/srv/care-reviews/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    CARE_REVIEWS_HOME=/var/lib/care-reviews
RUN care-reviews pages /srv/pages
USER care-reviews
CMD ["care-reviews", "--help"]
