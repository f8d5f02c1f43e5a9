-- Working days that nine in ten of the alerts raised in each span took at most to be resolved.
{{ alert_days_to_resolve('alert_days_to_resolve_p90', 9) }}
