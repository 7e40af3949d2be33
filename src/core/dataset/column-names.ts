const textNames = words(`
  text texts sentence sentences content contents body message messages tweet review comment comments question
  query prompt utterance passage document abstract post statement
  texto textos frase oración pregunta mensaje contenido comentario texte contenu commentaire
  inhalt satz sätze frage nachricht kommentar testo contenuto domanda messaggio mensagem pergunta conteúdo tekst zin
  metin cümle текст предложение вопрос сообщение نص جملة سؤال पाठ वाक्य 文本 句子 内容 问题 評論 评论 テキスト 本文 文章 文
  텍스트 문장 내용 질문
`);

const lesserTextNames = words(`
  title titles headline description summary caption phrase word words answer name subject definition instruction
  título resumen descripción titre résumé titel beschreibung wort titolo parola palabra mot
  заголовок описание слово عنوان शीर्षक 标题 標題 タイトル 見出し 제목
`);

const labelNames = words(`
  label labels category categories class classes intent topic topics tag tags target genre sentiment emotion
  etiqueta categoría clase tema género étiquette catégorie classe sujet thème kategorie klasse thema
  categoria tipo etichetta kategori etiket метка категория класс тема تصنيف فئة श्रेणी 标签 类别 標籤 ラベル カテゴリ カテゴリー
  라벨 분류 카테고리
`);

const lesserLabelNames = words(`
  group cluster type kind section domain lang language source split author speaker department gender country
  polarity rating stars
  gruppe groupe grupo gruppo sprache langue idioma lingua
`);

const otherNames = words(`
  id ids index key uuid url link href date time timestamp created updated score price count number year email user
  username lat lon latitude longitude x y z
`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/).map(normaliseName));
}

function normaliseName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** Words of a column name: `reviewText_2` has review and text. */
function nameWords(name: string): string[] {
  return name
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}]+/u)
    .filter((word) => word !== '')
    .map(normaliseName);
}

function rankName(name: string, strong: ReadonlySet<string>, weak: ReadonlySet<string>): number {
  const whole = normaliseName(name).replace(/[\s_-]*\d+$/, '');
  if (strong.has(whole)) return 3;
  if (weak.has(whole)) return 1.5;
  const parts = nameWords(name);
  if (parts.some((part) => otherNames.has(part))) return -1;
  if (parts.some((part) => strong.has(part))) return 1.5;
  return parts.some((part) => weak.has(part)) ? 0.75 : 0;
}

/** How much a column's name promises texts: 3 `text`, 1.5 `title` or `review_text`, 0 nothing, −1 `user_id`. */
export function rankTextName(name: string): number {
  return labelNames.has(normaliseName(name)) ? -1 : rankName(name, textNames, lesserTextNames);
}

/** How much a column's name promises labels, on the same scale. */
export function rankLabelName(name: string): number {
  return rankName(name, labelNames, lesserLabelNames);
}

/** Whether a cell is, as a whole, a name that tables use for a column. */
export function isUsualColumnName(cell: string): boolean {
  const name = normaliseName(cell).replace(/[\s_-]*\d+$/, '');
  return [textNames, lesserTextNames, labelNames, lesserLabelNames, otherNames].some((set) => set.has(name));
}

/**
 * Names for columns as they may be shown and looked up: trimmed, blank ones `column 2` by their place, repeated ones
 * `name (2)`.
 */
export function nameColumns(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const wanted = new Set(names.map((name) => name.trim()));
  return names.map((raw, i) => {
    const name = raw.trim();
    return claimName(name === '' ? `column ${i + 1}` : name, taken, name === '' ? wanted : undefined);
  });
}

/** The name itself, or with the first free number in brackets; it is then in `taken`. `reserved` names are avoided too. */
export function claimName(name: string, taken: Set<string>, reserved?: ReadonlySet<string>): string {
  let free = name;
  for (let n = 2; taken.has(free) || reserved?.has(free); n++) free = `${name} (${n})`;
  taken.add(free);
  return free;
}
