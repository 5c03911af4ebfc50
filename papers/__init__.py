"""The papers that people hold: data in, PDF out. Templates and fonts lie beside the code; nothing is read but those."""
