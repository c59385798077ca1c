"""The pages' edge: shell, components, error pages, live stream, and pages that mix rooms. Reads only."""
