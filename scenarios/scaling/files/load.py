import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def ask(_):
    try:
        with urlopen("http://proxy/", timeout=20) as answer:
            return answer.read().decode().split()[-1]
    except OSError:
        return None


start = time.monotonic()
with ThreadPoolExecutor(12) as visitors:
    counts = Counter(visitors.map(ask, range(60)))
seconds = time.monotonic() - start

failed = counts.pop(None, 0)
names = f"{len(counts)} host name{'' if len(counts) == 1 else 's'}"
print(f"{sum(counts.values())} answers from {names}, {failed} failed, {seconds:.1f} s")
for name, count in counts.most_common():
    print(f"{count:4} from {name}")
