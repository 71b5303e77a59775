"""The engine of Sameside. Imports no Qt."""

import os

# Numpy's products here are small (a spectrogram, a vector): a second thread gains nothing, and spins on for
# tens of milliseconds after each, beside the recogniser. Read when numpy is first imported: so it is said here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
