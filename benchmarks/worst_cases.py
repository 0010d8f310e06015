"""Texts that a careless reader would take too long for: each a function of a size in bytes.

Reading is linear when the time for a byte stays the same as the text grows; bench_speed.py prints it for three sizes.
"""


def repeated(piece, size, before="", after=""):
    data = piece.encode()
    return before.encode() + data * max(1, (size - len(before) - len(after)) // len(data)) + after.encode()


CASES = {
    "digits only": lambda size: repeated("7", size),
    "digits and separators": lambda size: repeated("1,234.5", size),
    "Chinese numerals only": lambda size: repeated("一二三四五六七八九十百千万亿", size),
    "one number after the other, no mark": lambda size: repeated("增长5%", size),
    "a list of nouns without end": lambda size: repeated("粮食、棉花、", size, "", "分别增长1%、2%。"),
    "a list of numbers without end": lambda size: repeated("1.5%、", size, "粮食、棉花产量分别增长"),
    "clauses without a full stop": lambda size: repeated("进出口总额增长6.5%，", size),
    "quotation marks that never close": lambda size: repeated("“增长5%", size),
    "nested quotation marks": lambda size: repeated("“《", size // 2) + repeated("》”", size // 2),
    "brackets that never close": lambda size: repeated("（其中出口3亿元", size),
    "nested brackets": lambda size: repeated("（", size // 2) + repeated("）", size // 2),
    "headings only": lambda size: repeated("一、工作回顾\n（一）成效\n", size),
    "empty lines": lambda size: repeated("\n", size),
    "blanks": lambda size: repeated(" ", size, "增长", "5%"),
    "blanks between digits": lambda size: repeated("1 ", size),
    "lines of one character": lambda size: repeated("增\n长\n5\n%\n", size),
    "one line of plain text": lambda size: repeated("坚持稳中求进工作总基调", size),
    "units over units": lambda size: repeated("元/人·月/平方米", size, "增长5"),
    "comparisons without an end": lambda size: repeated("比上年的", size, "", "增长5%。"),
    "beginnings of words": lambda size: repeated("地区生产总地区生产", size, "增长5%"),
    "ranges without an end": lambda size: repeated("5—", size),
    "plans in a row": lambda size: repeated("“十四五”“十三五”时期，", size, "", "增长5%。"),
    "characters outside the plane": lambda size: repeated("\U00020000", size),
    "Latin letters": lambda size: repeated("GDP5G", size),
}
