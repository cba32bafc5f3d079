"""All that is public, as files to start a copy from, with the cursor that they stand at."""
