{{ config(materialized="view") }}

-- One row per measure and month: its value as readers see it, beside the limits of its usual variation.
{{ trend_of('shown') }}
