"""The page of one check: plot, pictures, gauges and what to work on, as one HTML file."""
