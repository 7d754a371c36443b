"""formcheck held against labels: what somebody saw in a clip, and how exact the answer is."""
