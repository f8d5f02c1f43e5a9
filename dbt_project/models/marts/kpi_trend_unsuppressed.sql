{{ config(materialized="view") }}

-- One row per measure and month: its value, small numbers included, beside the limits of its usual variation.
{{ trend_of('computed') }}
