"""The administration as a whole: what it is called, and that rows are deleted one by one."""

from django.contrib import admin

from bochum_strategie.verwaltung import StapelAdmin

from .models import Stapel

admin.site.register(Stapel, StapelAdmin)
admin.site.site_title = "Verwaltung des Strategieportals"
admin.site.site_header = "Strategieportal Bochum – Verwaltung"
admin.site.index_title = "Was möchten Sie bearbeiten?"
admin.site.empty_value_display = "–"
# Deleting many at once would skip the sentence that says why something must stay.
admin.site.disable_action("delete_selected")
# The lists need the width; the start page leads to all of them.
admin.site.enable_nav_sidebar = False
