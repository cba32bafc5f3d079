"""Files that a report rests on: judged by their content, kept outside the web root."""
