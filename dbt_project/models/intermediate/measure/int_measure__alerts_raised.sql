-- Care planning alerts raised in each span.
{{ alerts_in_spans('alerts_raised', 'alerts.form_key', 'raised_date') }}
