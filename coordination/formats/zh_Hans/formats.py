"""Dates are written 2026-11-21 in every language of the house."""

DATE_FORMAT = "Y-m-d"
DATETIME_FORMAT = "Y-m-d H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y/%m/%d %H:%M", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M"]
USE_THOUSAND_SEPARATOR = False
# Where a page asks for it (`floatformat:"2g"`): 500,000.00.
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
