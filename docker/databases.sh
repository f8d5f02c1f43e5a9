#!/usr/bin/env bash
# First start of the database server: Airflow gets a database and a role of its own, and nobody else a way in.
set -euo pipefail

psql --set ON_ERROR_STOP=1 --set airflow_password="$(cat /run/secrets/airflow_database_password)" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role airflow login password :'airflow_password';
create database airflow owner airflow;
revoke all on database airflow, postgres, template1, warehouse from public;
SQL
