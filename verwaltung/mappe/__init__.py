"""The Excel workbook: export, trial, and taking over as one Stapel."""
