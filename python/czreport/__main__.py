"""``python -m czreport``."""

from ._cli import main

raise SystemExit(main())
