"""Text made from templates: pages of HTML, and files to go on with."""
