"""Many threads read, select and export at once, and get what one thread gets."""

import concurrent.futures
import threading

import czreport as cz

TEXTS = [
    f"202{i % 6}年常州市政府工作报告\n一、工作回顾\n地区生产总值达{7000 + i}亿元，增长{i % 9}.5%。新增就业{i}万人。\n"
    * (1 + i % 7)
    for i in range(48)
]


def test_reports_in_many_threads():
    expected = [cz.parse(text) for text in TEXTS]
    gate = threading.Barrier(8)

    def work(offset):
        gate.wait()
        for i in range(len(TEXTS)):
            n = (i + offset * 7) % len(TEXTS)
            report = cz.parse(TEXTS[n])
            assert report.quantities.equals(expected[n].quantities) and report.notes.equals(expected[n].notes)
        return True

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(8)))


def test_one_report_in_many_threads():
    text = "".join(TEXTS)
    expected = cz.parse(text).quantities.to_csv()
    for _ in range(5):
        report = cz.parse(text)
        gate = threading.Barrier(8)

        def work(_, report=report, gate=gate):
            gate.wait()  # all ask for columns that nobody has asked for yet
            report.find("gdp").to_pylist()
            return report.quantities.to_csv()

        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            assert set(pool.map(work, range(8))) == {expected}


def test_the_lock_is_released_while_reading():
    """A long text is read in one thread; another makes progress meanwhile, which it could not if the lock
    were held."""
    text = "产业投资增长5%，新开工项目120个。\n" * 400_000
    ticks, done = [0], threading.Event()

    def count():
        while not done.is_set():
            ticks[0] += 1
            done.wait(0.001)

    thread = threading.Thread(target=count)
    data = text.encode()
    thread.start()
    before = ticks[0]
    report = cz.parse(data)
    during = ticks[0] - before
    done.set()
    thread.join()
    assert len(report.quantities) == 800_000
    assert during >= 5
