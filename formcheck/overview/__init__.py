"""Many clips at a glance: a row for each, totals by person and exercise, one HTML file."""
