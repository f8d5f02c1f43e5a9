-- Care planning alerts concluded in each span.
{{ alerts_in_spans('alerts_concluded', 'alerts.form_key', 'resolved_date') }}
