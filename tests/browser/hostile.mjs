// A project whose every text wants to be more than text: it would set `ran` in the page if any of it
// did. Data is written as JSON, which is YAML too, so that no text has to be quoted by hand.

/// What a browser, a template or a file for machines could take for its own.
const ATTEMPTS = [
  `<script>ran=1</script>`,
  `"><img src=nothing onerror="ran=1">`,
  `'><svg onload='ran=1'></svg>`,
  `" onmouseover="ran=1" autofocus onfocus="ran=1" x="`,
  `' onmouseover='ran=1' style='position:fixed' x='`,
  `</title></style></textarea></script><script>ran=1</script><hostile-tag>`,
  `</main></body></html>`,
  `]]></a></p></dd><iframe srcdoc="<script>parent.ran=1</script>"></iframe>`,
  `<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">`,
  `javascript:ran=1`,
  `&lt;script&gt;ran=1&lt;/script&gt;&#60;img src=nothing onerror=ran=1&#62;&amp;&quot;`,
  "\\u003cscript\\u003e \\x3c \\\"-ran=1-\\\" ${ran=1} '+(ran=1)+'",
  `{{ 7 * 191 }} {% raw %} {# gone #}`,
  `\u202egnp.exe\u202c \u2028 \u2029 \ufeff \ufffe e\u0301\u{1f9b4}`,
  `--><!--<![CDATA[`,
];

/// The same wherever quotes cannot stand.
const QUOTELESS = ATTEMPTS.map((text) => text.replaceAll('"', "'").replaceAll("\\", "")).join(" ");

/// A word, and all that it tries.
export const HOSTILE = ATTEMPTS.join(" ");
const t = (word) => `${word} ${HOSTILE}`;

/// Addresses that may be linked to, and what they try.
const ADDRESS = `https://example.org/?a="><script>ran=1</script>'onmouseover='ran=1&b=\\"`;
const PICTURE = `odd 'onerror='ran=1; 50% #1 & {{ 7 }} (x).svg`;

// YAML takes these characters only as escapes, or takes them for ends of lines.
const json = (value) => JSON.stringify(value, null, 2)
  .replaceAll(/[\u2028\u2029\ufffe]/g, (c) => `\\u${c.charCodeAt(0).toString(16)}`);
const text = (data, body) => `---\n${json(data)}\n---\n\n${body}\n`;
const reviewed = { by: "ada", on: "2026-11-01", next: "2027-11-01" };
const url = (path) => encodeURI(path).replaceAll("#", "%23").replaceAll("'", "%27")
  .replaceAll("(", "%28").replaceAll(")", "%29");

/// A text in markdown in which every piece tries something.
const BODY = `${HOSTILE}

## Heading ${QUOTELESS}

### ${HOSTILE} {#an-anchor}

The infraspinatus, of [[trapezius|${QUOTELESS.replaceAll("[", "").replaceAll("]", "").replaceAll("|", "")}]], says a
study [@lu-2022]. *${QUOTELESS}* and \`${QUOTELESS.replaceAll("`", "")}\` and <b onclick=ran=1>raw</b>.

<script>ran=1</script>

<!-- ran=1 -->

- ${HOSTILE}
- [address](<https://example.org/?a='onmouseover='ran=1&b=%22%3E%3Cscript%3Eran=1%3C/script%3E> "title ${QUOTELESS.replaceAll("'", "\\'")}")
- <https://example.org/?a='onmouseover='ran=1>

> ${HOSTILE}

| ${QUOTELESS.replaceAll("|", "")} | b |
|:--|--:|
| ${QUOTELESS.replaceAll("|", "")} | c |

![alt ${QUOTELESS.replaceAll(/[[\]]/g, "")}](<../media/${url(PICTURE)}> "title ${QUOTELESS}")

\`\`\`js"><script>ran=1</script> {onload=ran=1}
${HOSTILE}
</code></pre><script>ran=1</script>
\`\`\`

\`\`\`html
${HOSTILE}
\`\`\`

    ${HOSTILE}

A note[^n] and another[^">].

[^n]: ${HOSTILE}
[^">]: ${HOSTILE}

:::note{title="${QUOTELESS}"}
${HOSTILE}
:::

::figure{src="../media/${url(PICTURE)}" alt="${QUOTELESS}" caption="${QUOTELESS}" credit="${QUOTELESS}"}

:::takeaways
- **${QUOTELESS}** ${HOSTILE}
:::

:::steps
1. ${HOSTILE}
:::

:::care{level=doctor}
${HOSTILE}
:::

:::myth{verdict=false}
**${QUOTELESS}**

${HOSTILE}
:::

:::compare{caption="${QUOTELESS}"}
| a | b |
|---|---|
| ${QUOTELESS.replaceAll("|", "")} | c |
:::

::referral-map{muscle=infraspinatus}

::technique{id=finger-pressure}

::service{id=massage}

::faq{id=does-it-hurt}

::techniques{muscle=infraspinatus}

::red-flags{symptom=stiff-neck}
`;

const SETTINGS = `
title = ${JSON.stringify(t("Studio"))}
base_url = "https://studio.example"
language = "en"
description = ${JSON.stringify(t("About"))}

[build]
social_cards = true

[check]
default = "allow"

[studio]
name = ${JSON.stringify(t("Studio"))}
legal_name = ${JSON.stringify(t("Studio Ltd"))}
address = ${JSON.stringify(t("1 Street"))}
phone = ${JSON.stringify(t("+1 555"))}
email = "a'onmouseover='ran=1@example.org"
hours = ${JSON.stringify(t("Monday"))}
booking_url = ${JSON.stringify(ADDRESS)}
licence = ${JSON.stringify(t("12"))}
jurisdiction = ${JSON.stringify(t("US-LA"))}
social = [${JSON.stringify(ADDRESS)}]
notice = ${JSON.stringify(t("Closed"))}

[[menu]]
label = ${JSON.stringify(t("Muscles"))}
url = "/muscles/"

[[menu]]
label = ${JSON.stringify(t("Elsewhere"))}
url = ${JSON.stringify(ADDRESS)}

[[redirect]]
from = "/old'onmouseover='ran=1; &quot; {{ 7 }}/"
to = "/muscles/infraspinatus/"

[[redirect]]
from = "/older/"
to = ${JSON.stringify(ADDRESS)}
`;

/// The files of the project.
export const FILES = {
  "site.toml": SETTINGS,
  "content/topics.yaml": json({ care: { name: t("Care"), summary: t("About care") } }),
  "content/groups.yaml": json({ cuff: { name: t("Cuff"), summary: t("Turns the arm") } }),
  "content/areas.yaml": json({
    neck: { name: t("Neck"), order: 1, summary: t("Carries the head") },
    shoulder: { name: t("Shoulder"), order: 2 },
  }),
  "content/people.yaml": json({
    ada: {
      name: t("Ada"), role: t("Therapist"), bio: t("Works"), credentials: [t("LMT")], links: [ADDRESS],
      licence: { number: t("1"), authority: t("Board") }, photo: `media/${url(PICTURE)}`,
    },
  }),
  "content/citations.yaml": json({
    "lu-2022": {
      title: t("A study"), year: 2022, authors: [t("Lu B.")], publisher: t("Press"), kind: "book",
      doi: "10.1000/(a)1:2<3::AID>4.0.CO;2-5\"'onmouseover='ran=1#?%", url: ADDRESS, takeaway: t("It helps"),
    },
  }),
  "content/terms.yaml": json({
    "trigger-point": { name: t("Trigger point"), definition: t("A spot"), aliases: ["knot", t("Knot")] },
    band: { name: t("Band"), definition: t("A strand"), see_also: ["trigger-point"] },
  }),
  "content/faqs.yaml": json({
    "does-it-hurt": {
      question: t("Does it hurt?"), answer: t("No."), topics: ["care"], muscles: ["infraspinatus"],
      techniques: ["finger-pressure"],
    },
  }),
  "content/myths.yaml": json({
    more: { claim: t("More is better"), verdict: "false", explanation: t("No."), topics: ["care"] },
  }),
  "content/red-flags.yaml": json({
    chest: { title: t("Chest"), flags: [{ level: "emergency", text: t("It feels tight") }] },
  }),
  "content/regions.yaml": json({
    "shoulder-front": {
      name: t("Front"), area: "shoulder", view: "front", paired: true, summary: t("Pain here"),
      term: t("Regio"), synonyms: [t("Ache")], red_flags: ["chest"],
    },
    "neck-side": { name: t("Side"), area: "neck", view: "both" },
  }),
  "content/muscles/infraspinatus.yaml": json({
    name: t("Infraspinatus"), latin: t("Musculus"), pronounced: t("IN-fra"), aliases: ["infraspinatus", t("Infra")],
    group: "cuff", area: "shoulder", summary: t("Turns the arm"), roots: [t("C5")], blood_supply: [t("Artery")],
    attachments: { origin: t("Blade"), insertion: t("Arm") }, actions: [t("Turns")], nerve: t("Nerve"),
    feels_like: [t("Dull")], set_off_by: [t("Reaching")], pressure_caution: t("Gently"), evidence: t("Little"),
    members: [t("One part")], present_in: t("All"), xrefs: { ta98: t("A04") },
    trigger_points: [{
      id: "tp1", where: t("Middle"), label: t("TP1"), notes: t("Deep"), other_sensations: [t("Tingling")],
      refers_to: [
        { region: "shoulder-front", side: "same", intensity: "primary" },
        { region: "neck-side", side: "same", intensity: "spillover" },
      ],
    }],
    antagonists: ["trapezius"], techniques: ["finger-pressure"], services: ["massage"], sources: ["lu-2022"], reviewed,
  }),
  "content/muscles/infraspinatus.md": BODY,
  "content/muscles/trapezius.yaml": json({
    name: t("Trapezius"), group: "cuff", area: "neck", summary: t("Lifts"), actions: [t("Lifts")], nerve: t("Nerve"),
    attachments: { origin: t("Skull"), insertion: t("Collar bone") }, no_technique_because: t("None"),
    trigger_points: [
      { id: "tp1", where: t("Edge"), refers_to: [{ region: "neck-side", side: "same", intensity: "primary" }] },
    ],
  }),
  "content/techniques/finger-pressure.yaml": json({
    name: t("Finger pressure"), performer: "self", setting: "at-home", summary: t("Press"), stop_if: t("Sharp"),
    tools: [t("Ball")], steps: [{ text: t("Find"), seconds: 30 }], feel: t("Good"), then: t("Rest"),
    cautions: [t("Bruises")], risks: [t("Soreness")], if_nothing: t("Wait"), compared_with: t("Heat"),
    evidence: t("Some"), hold: { min: 1, max: 2 }, per_day: 2,
  }),
  "content/services/massage.yaml": json({
    name: t("Massage"), summary: t("An hour"), techniques: ["finger-pressure"], duration_minutes: 60,
    price: { amount: 10, currency: "EUR" }, booking_url: ADDRESS, performed_by: ["ada"], cautions: [t("Fever")],
  }),
  "content/symptoms/stiff-neck.yaml": json({
    name: t("Stiff neck"), summary: t("It does not turn"), regions: ["neck-side"], muscles: ["infraspinatus"],
    techniques: ["finger-pressure"], red_flags: ["chest"], can_feel_like: [t("Rust")],
  }),
  "content/articles/knots.md": text({
    title: t("Knots"), summary: t("About knots"), author: "ada", published: "2026-10-01", updated: "2026-10-02",
    hero: { image: `../media/${url(PICTURE)}`, alt: t("A knot"), caption: t("Knot"), credit: t("Ada") },
    takeaways: [{ lead: t("Press"), text: t("Gently.") }],
    faqs: ["does-it-hurt", { question: t("How long?"), answer: t("A while.") }],
    muscles: ["infraspinatus"], regions: ["neck-side"], symptoms: ["stiff-neck"], techniques: ["finger-pressure"],
    services: ["massage"], topics: ["care"], sources: ["lu-2022"], reviewed,
  }, BODY),
  "content/articles/more.md": text({
    title: t("More"), summary: t("More knots"), author: "ada", published: "2026-10-03", related: ["knots"],
    topics: ["care"],
  }, `The infraspinatus and its knot. ${HOSTILE}`),
  "content/pages/about.md": text({ title: t("About"), summary: t("Us"), menu: 1 }, BODY),
  [`content/media/${PICTURE}`]:
    `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10" onload="ran=1"><script>ran=1</script></svg>`,
};
