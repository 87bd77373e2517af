/** German: a learner is called du, and docker's own terms stay as docker has them. Pure. */
import type { Translated } from './words.ts';

export const german: Translated = {
  keys: {
    go: 'los',
    run: 'ausführen',
    change: 'ändern/tippen',
    explain: 'erklären',
    skip: 'auslassen',
    quit: 'Ende',
    goOn: 'weiter',
    check: 'noch einmal prüfen',
    again: 'noch einmal versuchen',
    checkNow: 'jetzt prüfen',
    hint: 'Tipp',
    solution: 'Lösung',
    api: 'API',
    output: 'Ausgabe',
    back: 'zurück',
    cleanUp: 'aufräumen und beenden',
    keep: 'behalten und beenden',
    stay: 'nein, weiter',
    goOnThere: 'dort weitermachen (was dafür nötig ist, wird neu erzeugt)',
    anew: 'von vorn beginnen',
    beginWith: (steps) =>
      `${steps === 1 ? 'damit' : 'mit dem ersten davon'} beginnen (was dafür nötig ist, wird vorher erzeugt)`,
    whole: 'die ganze Lektion',
    answer: 'antworten',
    notNow: 'jetzt nicht',
  },
  asked: {
    leave: 'Diese Lektion beenden? Was sie erzeugt hat, wird entfernt, außer du behältst es.',
    youWereAt: (index, of, title) => `Du warst bei Schritt ${String(index)} von ${String(of)}: ${title}.`,
    solvedBefore: (titles) => `Letztes Mal hast du dir die Lösung angesehen: ${listed(titles)}.`,
    earlier: (questions) =>
      questions === 1 ? 'Eine Frage aus einer früheren Lektion?' : 'Zwei Fragen aus früheren Lektionen?',
    fromLesson: (title) => `Aus der Lektion ${title}:`,
    oneOf: (options) => `1 bis ${String(options)}, oder Enter, um die Antwort zu sehen:`,
    several: 'die Nummer von jeder richtigen, dann Enter; Enter allein zeigt sie:',
    severalTyped: 'Alle richtigen, etwa 1 3, oder Enter, um sie zu sehen:',
    numbersTo: (options) => `Nummern von 1 bis ${String(options)}.`,
  },
  step: {
    place: (index, of) => `Schritt ${String(index)} von ${String(of)}`,
    facts: (steps, minutes) =>
      `${counted(steps, 'Schritt', 'Schritte')}, etwa ${counted(minutes, 'Minute', 'Minuten')}`,
    question: 'Eine Frage',
    goal: 'Ziel:',
    note: 'Hinweis:',
    hint: (number, of) => `Tipp ${String(number)} von ${String(of)}`,
    mistake: 'Was schiefgegangen sein kann:',
    skipped: 'ausgelassen',
    nothingChanged: 'Auf der Engine hat sich nichts geändert.',
    exitCode: (code) => `Der Befehl endete mit Exit-Code ${String(code)}.`,
    otherWay: (commands) => `Du hast ${listed(commands)} benutzt: dasselbe Ergebnis.`,
    noCalls: 'Dieser Schritt hat die API nicht aufgerufen.',
    nothingPrinted: 'Es wurde nichts ausgegeben.',
    beginning: 'Hier beginnt die Lektion.',
    files: { whole: 'geschrieben', appended: 'Zeilen am Ende angefügt', replaced: 'geändert' },
  },
  note: {
    replaced: (what, wished, used) =>
      `${{ name: 'Der Name', port: 'Der Port', subnet: 'Das Subnetz' }[what]} ${wished} ist hier vergeben; die Lektion nimmt ${used}.`,
    standIns: (images) =>
      images.length === 1
        ? `${listed(images)} ist ein Ersatz aus der Offline-Registry des Labors, nicht das echte Image.`
        : `${listed(images)} sind Ersatz aus der Offline-Registry des Labors, nicht die echten Images.`,
    notHere: (images) =>
      `${listed(images)} ${images.length === 1 ? 'ist' : 'sind'} noch nicht auf dieser Engine: Die Lektion holt ${images.length === 1 ? 'es' : 'sie'}, sobald ${images.length === 1 ? 'es' : 'sie'} gebraucht ${images.length === 1 ? 'wird' : 'werden'}.`,
    linesLeftOut: (lines) => `${counted(lines, 'Zeile', 'Zeilen')} hier ausgelassen`,
  },
  check: {
    setAside: 'zurückgestellt:',
    expected: 'erwartet',
    observed: 'gesehen',
    likely: 'Ursache',
    try: 'versuche',
    tries: (tries) => counted(tries, 'Versuch', 'Versuche'),
  },
  answer: {
    right: 'Richtig:',
    notQuite: (right) =>
      `Nicht ganz. ${right.length === 1 ? 'Die Antwort ist' : 'Die Antworten sind'} ${listed(right.map(String))}:`,
    given: (right) => `Antwort: ${listed(right.map(String))}`,
    predicted: 'Wie du vorhergesagt hast:',
    predictedOther: (said, right) =>
      `Du hast ${listed(said.map(String))} vorhergesagt, und es ist ${listed(right.map(String))}:`,
    notThat: 'Das ist es nicht. Sieh noch einmal hin.',
    notAll: 'Das stimmt, ist aber nicht alles. Sieh noch einmal hin.',
  },
  ending: {
    score: (right, questions) =>
      `${String(right)} von ${counted(questions, 'Frage', 'Fragen')} beim ersten Versuch richtig.`,
    solutions: (titles) => `Mit der Lösung: ${listed(titles)}.`,
    earlier: (right, questions) =>
      `Aus früheren Lektionen: ${String(right)} von ${counted(questions, 'Frage', 'Fragen')} beim ersten Versuch richtig.`,
  },
  practice: {
    findOut: (question) => `${question} Finde es mit einem beliebigen Befehl heraus, dann tippe: answer WERT.`,
    wordsAre: 'Ein docker-Befehl, oder eines dieser Wörter:',
    wouldUndo: (names) => `undo würde zurücknehmen: ${names.join(', ')}`,
    explainWhat: 'Was soll erklärt werden? explain docker run -d nginx',
    onlyInPractice: (word) => `${word} ist für die Übung: Hier führt Enter den Befehl so aus, wie er dasteht.`,
    noMoreHints: 'Es gibt keine Tipps mehr. solution setzt die Zeile in die Eingabe.',
    noMoreHintsElsewhere: 'Es gibt keine Tipps mehr.',
    nothingToUndo: 'In diesem Schritt gibt es nichts zurückzunehmen.',
    takenBack: (names) => `Zurückgenommen: ${names.join(', ')}.`,
    stillThere: (names) => `Noch da: ${names.join(', ')}.`,
    noAnswerHere: 'Dieser Schritt will keine Antwort: Er wird mit einem Befehl getan.',
    notTheAnswer: (value) => `„${value}“ ist es nicht.`,
    inForeground: 'Ohne -d läuft es im Vordergrund, bis es zu Ende ist. Strg-C beendet es.',
    engineSilent: 'Die Engine antwortet nicht. Es wird auf sie gewartet.',
    engineBack: 'Die Engine antwortet wieder.',
    removeYours: (names) => `In deinem Terminal erzeugt: ${names.join(', ')}. Entfernen?`,
  },
  typed: {
    goal: 'was zu erreichen ist',
    check: 'noch einmal nachsehen, ob es erreicht ist',
    answer: 'answer WERT: wo der Schritt eine Frage ist',
    hint: 'der nächste Tipp',
    solution: 'setzt die Zeile in die Eingabe; Enter führt sie aus',
    undo: 'nimmt zurück, was dieser Schritt bisher erzeugt hat',
    explain: 'explain BEFEHL: was jeder Teil bedeutet; ausgeführt wird nichts',
    api: 'die API-Aufrufe dieses Schritts',
    output: 'alles, was der letzte Befehl ausgegeben hat',
    back: 'der Schritt davor, zum Nachlesen',
    skip: 'ohne ihn weitermachen',
    keep: 'hier aufhören und behalten, was erzeugt wurde',
    quit: 'hier aufhören und aufräumen',
    help: 'diese Liste',
  },
};

function counted(n: number, one: string, many: string): string {
  return `${String(n)} ${n === 1 ? one : many}`;
}

function listed(items: readonly string[]): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} und ${items.at(-1) ?? ''}`;
}
