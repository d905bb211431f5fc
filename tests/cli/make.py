"""Small files of other formats for the tests: DOCX and PDF without any library, archives."""
import gzip
import io
import tarfile
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(files):
    """A zip archive of (name, content) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files:
            z.writestr(name, content)
    return out.getvalue()


def tarred(files, links=()):
    """A .tar.gz of (name, content) pairs, with symbolic links as (name, target)."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as t:
        for name, content in files:
            content = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(content)
            t.addfile(info, io.BytesIO(content))
        for name, target in links:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            t.addfile(info)
    return out.getvalue()


# ---- DOCX ---------------------------------------------------------------------------------------

STYLES = """<w:styles xmlns:w="%s">
<w:style w:type="paragraph" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="n"><w:name w:val="Numbered"/><w:basedOn w:val="1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/><w:basedOn w:val="a"/></w:style>
</w:styles>""" % W

NUMBERING = """<w:numbering xmlns:w="%s">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1.%%2"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>""" % W


OFFICE = "http://schemas.openxmlformats.org/"
TYPES = (f'<Types xmlns="{OFFICE}package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         + "".join(f'<Override PartName="/word/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                   f'wordprocessingml.{kind}+xml"/>' for part, kind in (("document", "document.main"), ("styles", "styles"),
                                                                        ("numbering", "numbering"), ("footnotes", "footnotes")))
         + "</Types>")


def relations(*targets):
    return f'<Relationships xmlns="{OFFICE}package/2006/relationships">' + "".join(
        f'<Relationship Id="r{i}" Type="{OFFICE}officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for i, (kind, target) in enumerate(targets)) + "</Relationships>"


def p(text, style=None, number=None, note=None, bold=False):
    """A paragraph; `number` is the id of a numbering, `note` that of a footnote."""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + (
        f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>' if number else "")
    run = ("<w:rPr><w:b/></w:rPr>" if bold else "") + f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    reference = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{run}</w:r>{reference}</w:p>"


def table(*rows):
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def docx(*body, notes=(), properties=None, prologue=""):
    document = (f'<?xml version="1.0" encoding="UTF-8"?>{prologue}<w:document xmlns:w="{W}"><w:body>'
                + "".join(body) + "</w:body></w:document>")
    parts = [("[Content_Types].xml", TYPES), ("_rels/.rels", relations(("officeDocument", "word/document.xml"))),
             ("word/_rels/document.xml.rels", relations(("styles", "styles.xml"), ("numbering", "numbering.xml"),
                                                        ("footnotes", "footnotes.xml"))),
             ("word/document.xml", document), ("word/styles.xml", STYLES), ("word/numbering.xml", NUMBERING)]
    if notes:
        parts.append(("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">' + "".join(
            f'<w:footnote w:id="{i}">{p(text)}</w:footnote>' for i, text in enumerate(notes, 1)) + "</w:footnotes>"))
    if properties:
        parts.append(("docProps/core.xml", properties))
    return zipped(parts)


# ---- PDF ----------------------------------------------------------------------------------------

def to_unicode():
    ranges = "".join(f"<{high:02X}00> <{high:02X}FF> <{high:02X}00>\n" for high in range(256) if high not in range(0xD8, 0xE0))
    blocks = ranges.splitlines()
    text = "".join(f"{len(part)} beginbfrange\n" + "\n".join(part) + "\nendbfrange\n"
                   for part in (blocks[i:i + 100] for i in range(0, len(blocks), 100)))
    return ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <FFFF> endcodespacerange\n" + text + "endcmap end end")


def pdf(pages, info="", encrypted=False, tall=False):
    """A PDF whose pages are lists of (x, y, size, text); Han are `size` wide, Latin half of it.  A `tall` font claims more
    room above and below its signs than lines have between them."""
    up, down = (1500, -900) if tall else (800, -200)
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None,
               "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
               "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity)"
               " /Supplement 0 >> /DW 1000 /W [0 255 500] /FontDescriptor 6 0 R >>",
               stream(to_unicode()),
               f"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 {down} 1000 {up}] /ItalicAngle 0 /Ascent {up}"
               f" /Descent {down} /CapHeight 700 /StemV 80 >>",
               f"<< {info} >>"]
    kids = []
    for lines in pages:
        text = "".join(f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm <{line.encode('utf-16-be').hex()}> Tj ET\n"
                       for x, y, size, line in lines)
        objects.append(stream(text))
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R"
                       " /Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    trailer = "/Root 1 0 R /Info 7 0 R"
    if encrypted:
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'5a' * 32}> /U <{'a5' * 32}> >>")
        trailer += f" /Encrypt {len(objects)} 0 R /ID [<{'00' * 16}> <{'00' * 16}>]"
    out, offsets = "%PDF-1.5\n", []
    for i, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{i} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(f"{at:010} 00000 n \n" for at in offsets)
    return (out + f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n").encode("latin-1")


def stream(text):
    return f"<< /Length {len(text)} >>\nstream\n{text}\nendstream"


def typeset(paragraphs, size=10.5, width=40, heading=None, top=780, bottom=70):
    """Pages of paragraphs: wrapped at `width` Han, the first line indented by two, with a page's number below.
    A paragraph that begins with "# " is a heading in larger type."""
    pages, lines, y = [], [], top
    for paragraph in paragraphs:
        large = paragraph.startswith("# ")
        text, type_size = (paragraph[2:], size * 1.5) if large else (paragraph, size)
        rows, row, columns = [], "", 0 if large else 4
        for c in text:
            w = 1 if ord(c) < 256 else 2
            if columns + w > width * 2:
                rows.append(row)
                row, columns = "", 0
            row += c
            columns += w
        rows.append(row)
        for i, row in enumerate(rows):
            if y < bottom:
                lines.append((290, 40, 9, f"— {len(pages) + 1} —"))
                pages.append(lines)
                lines, y = [], top
            lines.append((80 + (2 * size if i == 0 and not large else 0), y, type_size, row))
            y -= type_size * 1.6
        y -= size * 0.4 if large else 0
    lines.append((290, 40, 9, f"— {len(pages) + 1} —"))
    pages.append(lines)
    return pages


def gzipped(content):
    return gzip.compress(content.encode() if isinstance(content, str) else content)
