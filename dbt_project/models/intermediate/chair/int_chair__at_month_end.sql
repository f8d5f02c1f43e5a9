-- One row per month end and independent chair with a child on it, as officer or as conference chair.
{{ independent_chairs(ref('int_time__month_ends'), 'month_end') }}
