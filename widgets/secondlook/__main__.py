"""Let ``python -m secondlook`` do what the command ``secondlook`` does."""

from secondlook.cli import main

raise SystemExit(main())
