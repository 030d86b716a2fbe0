"""The Excel workbook: export, trial, and taking over as one Stapel.

What is exported is the template. What the cells say goes through the forms of the administration,
so there is one way to judge input.

- A row that is missing in the workbook stays in the portal. Only assignments are removed, where
  somebody takes them out of their cell.
- Each row carries its Kennung and a short mark of its state ("Fassung"). If it was changed in the
  portal since the export, it is not overwritten.
- A row stays with its Kernaktivität: so it is noticed when somebody sorted some columns only.
- A statement keeps its date, status, Bezug and the day from which it counts: what is wrong is
  withdrawn and reported anew. Withdrawn statements, internal notes, responsibilities and persons
  are not in the workbook.
- Nothing is published with it: new Kernaktivitäten are in preparation.
- Descriptions stand in the sheet "Angaben", because each has a source of its own. New Schwerpunkte
  and Querschnittsthemen take their source from a column of their own.
- Two numbers cannot be swapped in one go, for the rows are saved one after the other.

The limits (``lesen``) hold before anything is parsed. Millions of empty cells would cost minutes
and a gigabyte; openpyxl reads in the mode in which it does not fill merged ranges, and with
defusedxml, which refuses entities. 500 changes at once take about ten seconds.
"""
