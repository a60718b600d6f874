"""Print the columns of an Arrow file as pyarrow and pandas read it, and write the table again as pandas does.

Usage: python tables.py FILE COPY
"""

import json
import sys

import pandas
import pyarrow.feather

table = pyarrow.feather.read_table(sys.argv[1])
columns = [[name, str(table.schema.field(name).type), [str(cell) for cell in table[name].to_pylist()]] for name in table.column_names]
units = {field.name: field.metadata[b"unit"].decode() for field in table.schema if field.metadata and b"unit" in field.metadata}
print("read:" + json.dumps({"columns": columns, "units": units}))
pandas.read_feather(sys.argv[1]).to_feather(sys.argv[2])
