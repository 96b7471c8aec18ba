# Prints every name that two files define in one named namespace, or outside of any; exits 1 if there is one. Reads C++ as the house
# writes it: no macro opens a brace. Looks at types, aliases, concepts, constants of headers and functions with the
# same parameters; leaves out unnamed namespaces, templates' specialisations, `static` and what is only declared.

# strip(LINE): the line without comments and with its literals emptied. Remembers an open comment or raw string.
function strip(line,  out, token) {
  while (1) {
    if (closing != "") {  # within a comment or a raw string
      if (!(at = index(line, closing))) return out
      line = substr(line, at + length(closing))
      closing = ""
    }
    if (!match(line, /\/\/|\/\*|R"[A-Za-z_]*\(|"|'/)) return out line
    token = substr(line, RSTART, RLENGTH)
    out = out substr(line, 1, RSTART - 1)
    line = substr(line, RSTART + RLENGTH)
    if (token == "//") return out
    if (token == "/*") closing = "*/"
    else if (token ~ /^R/) { closing = ")" substr(token, 3, length(token) - 3) "\""; out = out "0" }
    else if (token == "'" && out ~ /[0-9a-fA-F]$/ && line ~ /^[0-9a-fA-F]/) continue  # separates digits
    else {
      match(line, token == "'" ? /^([^'\\]|\\.)*'/ : /^([^"\\]|\\.)*"/)
      line = substr(line, RLENGTH + 1)
      out = out "0"
    }
  }
}

# In a file's scope: "" of no namespace, "-" within an unnamed one or within braces of another kind.
function scope(  i, name) {
  for (i = 1; i <= depth; ++i) {
    if (opened[i] == "-") return "-"
    name = name (name == "" || opened[i] == "" ? "" : "::") opened[i]
  }
  return name
}

function define(name,  where, key) {
  where = scope()
  if (where == "-" || name == "" || name ~ /^main\(/) return  # every program has its own main
  key = where "::" name  # "::name" of no namespace
  if (index(files[key] " ", " " FILENAME " ")) return
  files[key] = files[key] " " FILENAME
}

# The parameters' types, as far as two definitions of one function agree in them.
function parameters(text,  parts, count, i, all) {
  count = split(text, parts, ",")
  for (i = 1; i <= count; ++i) {
    sub(/=.*/, "", parts[i])
    gsub(/^ +| +$/, "", parts[i])
    sub(/[ ]+[A-Za-z_][A-Za-z_0-9]*$/, "", parts[i])
    sub(/[&*][A-Za-z_][A-Za-z_0-9]*$/, substr(parts[i], match(parts[i], /[&*][A-Za-z_0-9]*$/), 1), parts[i])
    gsub(/ /, "", parts[i])
    all = all (i > 1 ? "," : "") parts[i]
  }
  return all
}

# What a head before "{" defines.
function begin(head,  name) {
  if (match(head, /(^| )namespace *[A-Za-z_0-9:]*$/)) {
    name = substr(head, RSTART)
    sub(/^ *namespace */, "", name)
    opened[++depth] = name == "" ? "-" : name
    return
  }
  if (head ~ /^extern 0$/) { opened[++depth] = ""; return }
  name = type_of(head)
  if (name == "") name = function_of(head)
  if (name == "") name = constant_of(head)
  define(name)
  opened[++depth] = "-"
}

function type_of(head) {
  sub(/^template *<.*> *(requires.*[)>] *)?/, "", head)
  gsub(/alignas\([^)]*\)|\[\[[^]]*\]\]/, "", head)
  if (head !~ /^(struct|class|union|enum)( |$)/) return ""
  sub(/^(struct|class|union|enum) +((class|struct) +)?/, "", head)
  if (!match(head, /^[A-Za-z_][A-Za-z_0-9]*/)) return ""
  return substr(head, RLENGTH + 1) ~ /^ *(final *)?(:[^:].*)?$/ ? substr(head, 1, RLENGTH) : ""
}

function function_of(head,  name, at, i, open, c) {
  if (head ~ /(^| )(static|friend)( |$)/ || head ~ /^template *<>/ || head !~ /\(/ || head ~ /^[^(]*=/) return ""
  at = index(head, "(")
  name = substr(head, 1, at - 1)
  if (!match(name, /(operator[^A-Za-z]*|[A-Za-z_~][A-Za-z_0-9:~]*) *$/)) return ""
  name = substr(name, RSTART)
  gsub(/ /, "", name)
  for (i = at; i <= length(head); ++i) {
    c = substr(head, i, 1)
    open += (c == "(") - (c == ")")
    if (open == 0) break
  }
  return name "(" parameters(substr(head, at + 1, i - at - 1)) ")" (substr(head, i) ~ /const/ ? " const" : "")
}

# What a statement that ends with ";" defines: an alias, a concept or a header's constant.
function statement(head) {
  sub(/^template *<[^=]*> *(using|concept) /, "using ", head)
  sub(/^concept /, "using ", head)
  if (head ~ /^using [A-Za-z_0-9]+ *=/) {
    sub(/^using /, "", head)
    sub(/ *=.*/, "", head)
    define(head)
  } else if (head ~ /^typedef /) {
    sub(/.*[ *&]/, "", head)
    define(head)
  } else {
    define(constant_of(head))
  }
}

function constant_of(head) {
  if (FILENAME !~ /\.h$/ || head !~ /^(inline|constexpr|constinit|const) [^(]*[A-Za-z_0-9\]] *(=|$)/) return ""
  sub(/ *(\[[^]]*\])? *(=.*)?$/, "", head)
  sub(/.*[ *&]/, "", head)
  return head
}

# At the end of a file.
function parse(  pieces, count, i, piece, head) {
  gsub(/= *\{[^{};]*\}/, "= 0", text)  # a default argument
  gsub(/[{};]/, "\n&\n", text)
  count = split(text, pieces, "\n")
  depth = 0
  for (i = 1; i <= count; ++i) {
    piece = pieces[i]
    gsub(/[ \t]+/, " ", piece)
    gsub(/^ | $/, "", piece)
    if (piece == "{") { begin(head); head = "" }
    else if (piece == "}") { --depth; head = "" }
    else if (piece == ";") { statement(head); head = "" }
    else if (piece != "") head = head piece
  }
  text = closing = ""
}

FNR == 1 && NR > 1 { FILENAME_now = FILENAME; FILENAME = previous; parse(); FILENAME = FILENAME_now }
FNR == 1 { previous = FILENAME; preprocessor = 0 }
preprocessor || /^[ \t]*#/ { preprocessor = /\\$/; next }
{ text = text strip($0) " " }
END {
  FILENAME = previous
  parse()
  for (key in files)
    if (split(files[key], places, " ") > 1) {
      print key " is defined in" files[key]
      status = 1
    }
  exit status
}
