-- Working days that half the alerts raised in each span took at most to be resolved.
{{ alert_days_to_resolve('alert_days_to_resolve_median', 5) }}
