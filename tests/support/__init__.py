"""What tests share: the fixed cast, makers built on actions, and the drain for jobs."""
