"""The engine of Sameside. Imports no Qt."""

import os

# Numpy's products here are small (a spectrogram, a vector): a second thread gains nothing, and spins on for
# tens of milliseconds after each, beside the recogniser. Numpy reads it when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
