<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
<context>
    <name></name>
    <message>
        <source>TPViewer is not complete</source>
        <translation>TPViewer ist unvollständig</translation>
    </message>
    <message>
        <source>Something in the program went wrong ({0}). Nothing that was saved is lost. Go on, or close and start again; the details are in {1}.</source>
        <translation>Im Programm ist ein Fehler aufgetreten ({0}). Gespeichertes ist nicht verloren. Arbeiten Sie weiter, oder schließen Sie das Programm und starten Sie es erneut; Einzelheiten stehen in {1}.</translation>
    </message>
    <message>
        <source>An error in TPViewer</source>
        <translation>Ein Fehler in TPViewer</translation>
    </message>
    <message>
        <source>Action Units</source>
        <translation>Action Units</translation>
    </message>
    <message>
        <source>frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>{0}:{1:02d} left</source>
        <translation>noch {0}:{1:02d}</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Finding faces</source>
        <translation>Gesichter suchen</translation>
    </message>
    <message>
        <source>Following the face</source>
        <translation>Gesicht verfolgen</translation>
    </message>
    <message>
        <source>Finding the neutral face</source>
        <translation>Neutrales Gesicht suchen</translation>
    </message>
    <message>
        <source>Explaining</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Checking regions</source>
        <translation>Regionen prüfen</translation>
    </message>
    <message>
        <source>Clustering</source>
        <translation>Clustern</translation>
    </message>
    <message>
        <source>Deriving stages</source>
        <translation>Abschnitte ableiten</translation>
    </message>
    <message>
        <source>{0} free</source>
        <translation>{0} frei</translation>
    </message>
    <message>
        <source>, enough for {0} h</source>
        <translation>, genug für {0} h</translation>
    </message>
    <message>
        <source>, enough for {0} min</source>
        <translation>, genug für {0} min</translation>
    </message>
    <message>
        <source>camera {0} per second, bars {1} per second</source>
        <translation>Kamera {0} pro Sekunde, Balken {1} pro Sekunde</translation>
    </message>
    <message>
        <source> ({0} % left out)</source>
        <translation> ({0} % ausgelassen)</translation>
    </message>
    <message>
        <source>{0}: {1}, {2} pictures, {3}.</source>
        <translation>{0}: {1}, {2} Bilder, {3}.</translation>
    </message>
    <message>
        <source>Not recorded: {0} pictures; their times are missing in the file.</source>
        <translation>Nicht aufgenommen: {0} Bilder; ihre Zeitpunkte fehlen in der Datei.</translation>
    </message>
    <message>
        <source>No picture is missing.</source>
        <translation>Es fehlt kein Bild.</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>Tabelle (*.csv)</translation>
    </message>
    <message>
        <source>Plot (*.pdf *.svg *.png)</source>
        <translation>Diagramm (*.pdf *.svg *.png)</translation>
    </message>
    <message>
        <source>Sessions and annotations ({0});;All files (*)</source>
        <translation>Sitzungen und Annotationen ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Sessions and files to compare</source>
        <translation>Zu vergleichende Sitzungen und Dateien</translation>
    </message>
    <message>
        <source>{0}: you code it blind; commit it, then agreement is shown</source>
        <translation>{0}: Sie kodieren sie verblindet; schließen Sie die Kodierung ab, dann wird die Übereinstimmung gezeigt</translation>
    </message>
    <message>
        <source>Save agreement</source>
        <translation>Übereinstimmung speichern</translation>
    </message>
    <message>
        <source>Written: {0}</source>
        <translation>Geschrieben: {0}</translation>
    </message>
    <message>
        <source>The agreement was not written</source>
        <translation>Die Übereinstimmung wurde nicht gespeichert</translation>
    </message>
    <message>
        <source>The agreement cannot be shown</source>
        <translation>Die Übereinstimmung kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The video is not there</source>
        <translation>Das Video ist nicht vorhanden</translation>
    </message>
    <message>
        <source>{0}: an analysis needs the video; say where it lies</source>
        <translation>{0}: Für eine Analyse wird das Video benötigt; geben Sie an, wo es liegt</translation>
    </message>
    <message>
        <source>The results cannot be kept</source>
        <translation>Die Ergebnisse können nicht gespeichert werden</translation>
    </message>
    <message>
        <source>This can be changed once the analysis has stopped.</source>
        <translation>Dies kann geändert werden, sobald die Analyse angehalten ist.</translation>
    </message>
    <message>
        <source>The machine is hidden until you commit.</source>
        <translation>Die Maschine ist verborgen, bis Sie abschließen.</translation>
    </message>
    <message>
        <source>Without the video the model cannot be asked.</source>
        <translation>Ohne das Video kann das Modell nicht befragt werden.</translation>
    </message>
    <message>
        <source>{0} {1}: {2} Action Units</source>
        <translation>{0} {1}: {2} Action Units</translation>
    </message>
    <message>
        <source>This model cannot be used</source>
        <translation>Dieses Modell kann nicht verwendet werden</translation>
    </message>
    <message>
        <source>Folder of a model package (card.json and model.keras)</source>
        <translation>Ordner eines Modellpakets (card.json und model.keras)</translation>
    </message>
    <message>
        <source>Figure (*.pdf *.svg *.png)</source>
        <translation>Abbildung (*.pdf *.svg *.png)</translation>
    </message>
    <message>
        <source>Table, one row a frame (*.csv)</source>
        <translation>Tabelle, eine Zeile je Bild (*.csv)</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Video (*.mp4)</source>
        <translation>Video (*.mp4)</translation>
    </message>
    <message>
        <source>Report (*.pdf)</source>
        <translation>Bericht (*.pdf)</translation>
    </message>
    <message>
        <source>Table of py-feat (*.csv)</source>
        <translation>Tabelle von py-feat (*.csv)</translation>
    </message>
    <message>
        <source>ELAN (*.eaf)</source>
        <translation>ELAN (*.eaf)</translation>
    </message>
    <message>
        <source>Events of BORIS (*.csv)</source>
        <translation>Ereignisse von BORIS (*.csv)</translation>
    </message>
    <message>
        <source>NOVA, a folder of files (*.annotation)</source>
        <translation>NOVA, ein Ordner mit Dateien (*.annotation)</translation>
    </message>
    <message>
        <source>ViRelAy, several files (*.yaml)</source>
        <translation>ViRelAy, mehrere Dateien (*.yaml)</translation>
    </message>
    <message>
        <source>De-identified export</source>
        <translation>De-identifizierter Export</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>The machine is hidden from you; commit your review before you export.</source>
        <translation>Die Maschine ist für Sie verborgen; schließen Sie Ihre Begutachtung ab, bevor Sie exportieren.</translation>
    </message>
    <message>
        <source>Exporting {0} …</source>
        <translation>{0} wird exportiert …</translation>
    </message>
    <message>
        <source>Results can be exported once the analysis has come to its end.</source>
        <translation>Ergebnisse können exportiert werden, sobald die Analyse abgeschlossen ist.</translation>
    </message>
    <message>
        <source>{0} is still being written; wait for it or stop it</source>
        <translation>{0} wird noch geschrieben; warten Sie, oder halten Sie den Export an</translation>
    </message>
    <message>
        <source>Written: {0} files in {1}</source>
        <translation>Geschrieben: {0} Dateien in {1}</translation>
    </message>
    <message>
        <source>The export was stopped; no file was written</source>
        <translation>Der Export wurde abgebrochen; es wurde keine Datei geschrieben</translation>
    </message>
    <message>
        <source>The export was not written</source>
        <translation>Der Export wurde nicht geschrieben</translation>
    </message>
    <message>
        <source>Videos, images and sessions ({0});;All files (*)</source>
        <translation>Videos, Bilder und Sitzungen ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a folder of images</source>
        <translation>Bildordner öffnen</translation>
    </message>
    <message>
        <source>This file cannot be opened</source>
        <translation>Diese Datei kann nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Remove from the list</source>
        <translation>Aus der Liste entfernen</translation>
    </message>
    <message>
        <source>There is no such file</source>
        <translation>Diese Datei gibt es nicht</translation>
    </message>
    <message>
        <source>{0}: check the name, or its drive</source>
        <translation>{0}: Prüfen Sie den Namen oder das Laufwerk</translation>
    </message>
    <message>
        <source>Where is {0}?</source>
        <translation>Wo liegt {0}?</translation>
    </message>
    <message>
        <source>Checking {0} …</source>
        <translation>{0} wird geprüft …</translation>
    </message>
    <message>
        <source>This is another video</source>
        <translation>Dies ist ein anderes Video</translation>
    </message>
    <message>
        <source>The video cannot be checked</source>
        <translation>Das Video kann nicht geprüft werden</translation>
    </message>
    <message>
        <source>{0} cannot be written to, so the results of {1} are kept in {2}.</source>
        <translation>In {0} kann nicht geschrieben werden; die Ergebnisse von {1} liegen deshalb in {2}.</translation>
    </message>
    <message>
        <source>Where you were in the video is not remembered: {0}</source>
        <translation>Ihre Stelle im Video wird nicht gemerkt: {0}</translation>
    </message>
    <message>
        <source>Choose an Action Unit first: up and down arrow, or a click.</source>
        <translation>Wählen Sie zuerst eine Action Unit: mit Pfeil auf und ab oder per Klick.</translation>
    </message>
    <message>
        <source>{au} starts at frame {frame}; go to its last frame and press O.</source>
        <translation>{au} beginnt bei Bild {frame}; gehen Sie zu ihrem letzten Bild und drücken Sie O.</translation>
    </message>
    <message>
        <source>Press I where the Action Unit starts, then O where it stops.</source>
        <translation>Drücken Sie I, wo die Action Unit beginnt, und O, wo sie endet.</translation>
    </message>
    <message>
        <source>An apex goes into an interval that is judged present; go to a frame of it.</source>
        <translation>Ein Apex gehört in ein Intervall, das als vorhanden beurteilt ist; gehen Sie zu einem Bild darin.</translation>
    </message>
    <message>
        <source>Looks can be changed once the analysis has come to its end.</source>
        <translation>Muster können geändert werden, sobald die Analyse beendet ist.</translation>
    </message>
    <message>
        <source>This model does not compare with a neutral face.</source>
        <translation>Dieses Modell vergleicht nicht mit einem neutralen Gesicht.</translation>
    </message>
    <message>
        <source>There is no session yet: analyse the video first.</source>
        <translation>Es gibt noch keine Sitzung: Analysieren Sie zuerst das Video.</translation>
    </message>
    <message>
        <source>This session cannot be read</source>
        <translation>Diese Sitzung kann nicht gelesen werden</translation>
    </message>
    <message>
        <source>Pseudonym and consent were not saved</source>
        <translation>Pseudonym und Einwilligung wurden nicht gespeichert</translation>
    </message>
    <message>
        <source>Pseudonym and consent are saved in {0}.</source>
        <translation>Pseudonym und Einwilligung sind in {0} gespeichert.</translation>
    </message>
    <message>
        <source>There is no session to delete.</source>
        <translation>Es gibt keine Sitzung, die gelöscht werden könnte.</translation>
    </message>
    <message>
        <source>This session is being analysed</source>
        <translation>Diese Sitzung wird gerade analysiert</translation>
    </message>
    <message>
        <source>{0}: stop the analysis first, then delete the session.</source>
        <translation>{0}: Halten Sie zuerst die Analyse an, und löschen Sie dann die Sitzung.</translation>
    </message>
    <message>
        <source>This session cannot be deleted</source>
        <translation>Diese Sitzung kann nicht gelöscht werden</translation>
    </message>
    <message>
        <source>The session was not deleted</source>
        <translation>Die Sitzung wurde nicht gelöscht</translation>
    </message>
    <message>
        <source>Deleted: {0}</source>
        <translation>Gelöscht: {0}</translation>
    </message>
    <message>
        <source>List all sessions below a folder</source>
        <translation>Alle Sitzungen unterhalb eines Ordners auflisten</translation>
    </message>
    <message>
        <source>The sessions of this folder are listed already.</source>
        <translation>Die Sitzungen dieses Ordners sind bereits aufgelistet.</translation>
    </message>
    <message>
        <source>Videos and sessions ({0});;All files (*)</source>
        <translation>Videos und Sitzungen ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Add all videos of a folder to the queue</source>
        <translation>Alle Videos eines Ordners in die Warteschlange</translation>
    </message>
    <message>
        <source>Not everything was added to the queue</source>
        <translation>Nicht alles wurde in die Warteschlange aufgenommen</translation>
    </message>
    <message>
        <source>Added to the queue: {0}</source>
        <translation>In die Warteschlange aufgenommen: {0}</translation>
    </message>
    <message>
        <source>These wait in the queue already.</source>
        <translation>Diese warten bereits in der Warteschlange.</translation>
    </message>
    <message>
        <source>Nothing was added to the queue</source>
        <translation>Es wurde nichts in die Warteschlange aufgenommen</translation>
    </message>
    <message>
        <source>This judgement makes no sense</source>
        <translation>Dieses Urteil ist nicht möglich</translation>
    </message>
    <message>
        <source>Choose a judgement of your own to remove.</source>
        <translation>Wählen Sie ein eigenes Urteil, das entfernt werden soll.</translation>
    </message>
    <message>
        <source>A stretch of the whole face can only be not scorable; choose an Action Unit.</source>
        <translation>Ein Zeitbereich des ganzen Gesichts kann nur nicht kodierbar sein; wählen Sie eine Action Unit.</translation>
    </message>
    <message>
        <source>A note goes with a judgement; judge first.</source>
        <translation>Eine Notiz gehört zu einem Urteil; urteilen Sie zuerst.</translation>
    </message>
    <message>
        <source>{0}: no Action Unit of FACS has this number or name.</source>
        <translation>{0}: Keine Action Unit des FACS hat diese Nummer oder diesen Namen.</translation>
    </message>
    <message>
        <source>Nothing to make again.</source>
        <translation>Nichts zu wiederholen.</translation>
    </message>
    <message>
        <source>Nothing to take back.</source>
        <translation>Nichts rückgängig zu machen.</translation>
    </message>
    <message>
        <source>Intensity and side go with an Action Unit; choose one.</source>
        <translation>Intensität und Seite gehören zu einer Action Unit; wählen Sie eine.</translation>
    </message>
    <message>
        <source>Everything has been looked through: {0} of {0}.</source>
        <translation>Alles ist durchgesehen: {0} von {0}.</translation>
    </message>
    <message>
        <source>You have committed this video: what the machine says is known to you.</source>
        <translation>Sie haben dieses Video abgeschlossen: Was die Maschine sagt, ist Ihnen bekannt.</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>Abschließen</translation>
    </message>
    <message>
        <source>End blind coding of this video for {0}?</source>
        <translation>Die verblindete Kodierung dieses Videos für {0} beenden?</translation>
    </message>
    <message>
        <source>The machine&apos;s result is shown then. What you judged so far stays marked as blind, what you judge later does not count as blind. This is logged and cannot be taken back.</source>
        <translation>Danach wird das Ergebnis der Maschine gezeigt. Ihre bisherigen Urteile bleiben als verblindet gekennzeichnet, spätere gelten nicht als verblindet. Dies wird protokolliert und kann nicht rückgängig gemacht werden.</translation>
    </message>
    <message>
        <source>Commit and show the machine</source>
        <translation>Abschließen und Maschine zeigen</translation>
    </message>
    <message>
        <source>Stay blind</source>
        <translation>Verblindet bleiben</translation>
    </message>
    <message>
        <source>Annotations of OpenFace, py-feat, ELAN, BORIS ({0});;All files (*)</source>
        <translation>Annotationen aus OpenFace, py-feat, ELAN, BORIS ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Import annotations</source>
        <translation>Annotationen importieren</translation>
    </message>
    <message>
        <source>Analyse the video before annotations are imported into it.</source>
        <translation>Analysieren Sie das Video, bevor Sie Annotationen importieren.</translation>
    </message>
    <message>
        <source>Reading {0} …</source>
        <translation>{0} wird gelesen …</translation>
    </message>
    <message>
        <source>These annotations cannot be imported</source>
        <translation>Diese Annotationen können nicht importiert werden</translation>
    </message>
    <message>
        <source>{0}: holds no Action Unit within this video; check that it belongs to it</source>
        <translation>{0}: enthält keine Action Unit innerhalb dieses Videos; prüfen Sie, ob die Datei dazu gehört</translation>
    </message>
    <message>
        <source>{0} judgements from {1}, by {2}</source>
        <translation>{0} Urteile aus {1}, von {2}</translation>
    </message>
    <message>
        <source>{0} places of {1} were not understood</source>
        <translation>{0} Stellen in {1} wurden nicht verstanden</translation>
    </message>
    <message>
        <source>There is nothing to judge here: no face was seen.</source>
        <translation>Hier gibt es nichts zu beurteilen: Es wurde kein Gesicht gesehen.</translation>
    </message>
    <message>
        <source>Judgements can be made once the analysis has begun.</source>
        <translation>Urteile sind möglich, sobald die Analyse begonnen hat.</translation>
    </message>
    <message>
        <source>how_to_read.md</source>
        <comment>name of the page in this language</comment>
        <translation>how_to_read_de.md</translation>
    </message>
    <message>
        <source>Add to the queue …</source>
        <translation>In die Warteschlange …</translation>
    </message>
    <message>
        <source>Analyse videos one after the other; what you analyse by hand goes first</source>
        <translation>Videos nacheinander analysieren; was Sie von Hand analysieren, geht vor</translation>
    </message>
    <message>
        <source>Add a folder to the queue …</source>
        <translation>Ordner in die Warteschlange …</translation>
    </message>
    <message>
        <source>All videos of a folder</source>
        <translation>Alle Videos eines Ordners</translation>
    </message>
    <message>
        <source>List the sessions of a folder …</source>
        <translation>Sitzungen eines Ordners auflisten …</translation>
    </message>
    <message>
        <source>All sessions below a folder</source>
        <translation>Alle Sitzungen unterhalb eines Ordners</translation>
    </message>
    <message>
        <source>Open folder as library …</source>
        <translation>Ordner als Bibliothek öffnen …</translation>
    </message>
    <message>
        <source>Temporal prototypes of all sessions of a folder, and the patterns that they share</source>
        <translation>Zeitliche Prototypen aller Sitzungen eines Ordners und ihre gemeinsamen Sequenzen</translation>
    </message>
    <message>
        <source>Pseudonym and consent …</source>
        <translation>Pseudonym und Einwilligung …</translation>
    </message>
    <message>
        <source>Show and export this session under a pseudonym, and note what the patient agreed to</source>
        <translation>Diese Sitzung unter einem Pseudonym zeigen und exportieren und festhalten, worin eingewilligt wurde</translation>
    </message>
    <message>
        <source>Delete session …</source>
        <translation>Sitzung löschen …</translation>
    </message>
    <message>
        <source>Delete results, crops and maps; the video stays</source>
        <translation>Ergebnisse, Ausschnitte und Karten löschen; das Video bleibt</translation>
    </message>
    <message>
        <source>Figure …</source>
        <translation>Abbildung …</translation>
    </message>
    <message>
        <source>Temporal prototype as PDF, SVG or PNG</source>
        <translation>Zeitlicher Prototyp als PDF, SVG oder PNG</translation>
    </message>
    <message>
        <source>Overlay video …</source>
        <translation>Overlay-Video …</translation>
    </message>
    <message>
        <source>The video with relevance and captions, as MP4</source>
        <translation>Das Video mit Relevanz und Beschriftung als MP4</translation>
    </message>
    <message>
        <source>Report …</source>
        <translation>Bericht …</translation>
    </message>
    <message>
        <source>All results, their review and how they came, as PDF</source>
        <translation>Alle Ergebnisse, ihre Begutachtung und ihr Zustandekommen als PDF</translation>
    </message>
    <message>
        <source>De-identified figure …</source>
        <translation>De-identifizierte Abbildung …</translation>
    </message>
    <message>
        <source>Temporal prototype on a drawing of a face, without the name of the video</source>
        <translation>Zeitlicher Prototyp auf der Zeichnung eines Gesichts, ohne den Namen des Videos</translation>
    </message>
    <message>
        <source>De-identified video …</source>
        <translation>De-identifiziertes Video …</translation>
    </message>
    <message>
        <source>Relevance on a drawing of a face, without name and sound</source>
        <translation>Relevanz auf der Zeichnung eines Gesichts, ohne Namen und Ton</translation>
    </message>
    <message>
        <source>De-identified report …</source>
        <translation>De-identifizierter Bericht …</translation>
    </message>
    <message>
        <source>All results with drawings of a face, without names and days</source>
        <translation>Alle Ergebnisse mit Zeichnungen eines Gesichts, ohne Namen und Tage</translation>
    </message>
    <message>
        <source>Tables …</source>
        <translation>Tabellen …</translation>
    </message>
    <message>
        <source>One row a frame, and one row a stage, as CSV</source>
        <translation>Eine Zeile je Bild und eine Zeile je Abschnitt als CSV</translation>
    </message>
    <message>
        <source>JSON …</source>
        <translation>JSON …</translation>
    </message>
    <message>
        <source>Everything that is shown, as JSON</source>
        <translation>Alles, was gezeigt wird, als JSON</translation>
    </message>
    <message>
        <source>py-feat table …</source>
        <translation>py-feat-Tabelle …</translation>
    </message>
    <message>
        <source>Probabilities, one row a frame, as CSV</source>
        <translation>Wahrscheinlichkeiten, eine Zeile je Bild, als CSV</translation>
    </message>
    <message>
        <source>ELAN …</source>
        <translation>ELAN …</translation>
    </message>
    <message>
        <source>Looks, stages and judgements as tiers</source>
        <translation>Muster, Abschnitte und Urteile als Tiers</translation>
    </message>
    <message>
        <source>BORIS events …</source>
        <translation>BORIS-Ereignisse …</translation>
    </message>
    <message>
        <source>Looks and judgements, one row an event, as CSV</source>
        <translation>Muster und Urteile, eine Zeile je Ereignis, als CSV</translation>
    </message>
    <message>
        <source>NOVA …</source>
        <translation>NOVA …</translation>
    </message>
    <message>
        <source>Looks, probabilities and stages as annotations</source>
        <translation>Muster, Wahrscheinlichkeiten und Abschnitte als Annotationen</translation>
    </message>
    <message>
        <source>ViRelAy project …</source>
        <translation>ViRelAy-Projekt …</translation>
    </message>
    <message>
        <source>Faces, relevance maps and clusters as HDF5</source>
        <translation>Gesichter, Relevanzkarten und Cluster als HDF5</translation>
    </message>
    <message>
        <source>The queue</source>
        <translation>Die Warteschlange</translation>
    </message>
    <message>
        <source>Another video</source>
        <translation>Ein anderes Video</translation>
    </message>
    <message>
        <source>{0} has changed since {1} was made from it.</source>
        <translation>{0} wurde geändert, seit {1} daraus entstand.</translation>
    </message>
    <message>
        <source>The video was moved</source>
        <translation>Das Video wurde verschoben</translation>
    </message>
    <message>
        <source>{0} is not there any more.</source>
        <translation>{0} ist nicht mehr vorhanden.</translation>
    </message>
    <message>
        <source>Results are shown without its pictures; say where the video lies now, and it is checked that it is the same.</source>
        <translation>Die Ergebnisse werden ohne die Bilder des Videos gezeigt; geben Sie an, wo es jetzt liegt. Es wird geprüft, ob es dasselbe ist.</translation>
    </message>
    <message>
        <source>Find the video …</source>
        <translation>Video suchen …</translation>
    </message>
    <message>
        <source>Kappa</source>
        <translation>Kappa</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Precision</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>Recall</translation>
    </message>
    <message>
        <source>ICC(3,1)</source>
        <translation>ICC(3,1)</translation>
    </message>
    <message>
        <source>Event F1</source>
        <translation>Ereignis-F1</translation>
    </message>
    <message>
        <source>Cohen&apos;s kappa: agreement on present and absent beyond chance; 1 is all, 0 is chance.</source>
        <translation>Cohens Kappa: Übereinstimmung über den Zufall hinaus, ob vorhanden oder nicht; 1 ist vollständig, 0 ist Zufall.</translation>
    </message>
    <message>
        <source>F1 of presence in the frames.</source>
        <translation>F1 des Vorhandenseins in den Bildern.</translation>
    </message>
    <message>
        <source>Share of the other&apos;s frames with it that the reference calls present too.</source>
        <translation>Anteil der Bilder des anderen mit der Action Unit, die auch die Referenz als vorhanden bewertet.</translation>
    </message>
    <message>
        <source>Share of the reference&apos;s frames with it that the other calls present too.</source>
        <translation>Anteil der Bilder der Referenz mit der Action Unit, die auch der andere als vorhanden bewertet.</translation>
    </message>
    <message>
        <source>ICC(3,1) of the intensities, where both gave them; absent counts as 0.</source>
        <translation>ICC(3,1) der Intensitäten, wo beide sie angaben; nicht vorhanden zählt als 0.</translation>
    </message>
    <message>
        <source>F1 of events whose onset and offset both lie within the tolerance.</source>
        <translation>F1 der Ereignisse, deren Onset und Offset beide innerhalb der Toleranz liegen.</translation>
    </message>
    <message>
        <source>purity {0} · {1}</source>
        <translation>Reinheit {0} · {1}</translation>
    </message>
    <message>
        <source>pur. {0} · {1}</source>
        <translation>Rh. {0} · {1}</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>about {0}:{1:02d} left</source>
        <translation>noch etwa {0}:{1:02d}</translation>
    </message>
    <message>
        <source>waits, begun already</source>
        <translation>wartet, bereits begonnen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>begins …</source>
        <translation>beginnt …</translation>
    </message>
    <message>
        <source>analysed</source>
        <translation>analysiert</translation>
    </message>
    <message>
        <source>failed: {0}</source>
        <translation>fehlgeschlagen: {0}</translation>
    </message>
    <message>
        <source>was analysed before</source>
        <translation>war schon analysiert</translation>
    </message>
    <message>
        <source>stopped; what was done is kept</source>
        <translation>angehalten; Erledigtes bleibt erhalten</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>unfinished</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>reviewed</source>
        <translation>begutachtet</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>analysing</source>
        <translation>wird analysiert</translation>
    </message>
    <message>
        <source>reviewed {0} / {1}</source>
        <translation>begutachtet {0} / {1}</translation>
    </message>
    <message>
        <source>{0}, opened {1}</source>
        <translation>{0}, geöffnet {1}</translation>
    </message>
    <message>
        <source>{0}, changed {1}</source>
        <translation>{0}, geändert {1}</translation>
    </message>
    <message>
        <source>In the queue: {0}</source>
        <translation>In der Warteschlange: {0}</translation>
    </message>
    <message>
        <source>Length {0}, {1} stages</source>
        <translation>Länge {0}, {1} Abschnitte</translation>
    </message>
    <message>
        <source>{0} has looked through {1} of {2} stages</source>
        <translation>{0} hat {1} von {2} Abschnitten durchgesehen</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>The chosen Action Unit is present; all of the stage without one</source>
        <translation>Die gewählte Action Unit ist vorhanden; ohne Auswahl alle des Abschnitts</translation>
    </message>
    <message>
        <source>Absent</source>
        <translation>Nicht vorhanden</translation>
    </message>
    <message>
        <source>The chosen Action Unit is absent</source>
        <translation>Die gewählte Action Unit ist nicht vorhanden</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Neither present nor absent with certainty</source>
        <translation>Weder sicher vorhanden noch sicher nicht vorhanden</translation>
    </message>
    <message>
        <source>Not scorable</source>
        <translation>Nicht kodierbar</translation>
    </message>
    <message>
        <source>It cannot be judged; again for the next reason</source>
        <translation>Sie ist nicht zu beurteilen; nochmals für den nächsten Grund</translation>
    </message>
    <message>
        <source>Intensity a</source>
        <translation>Intensität a</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Spur</translation>
    </message>
    <message>
        <source>Intensity b</source>
        <translation>Intensität b</translation>
    </message>
    <message>
        <source>Slight</source>
        <translation>Leicht</translation>
    </message>
    <message>
        <source>Intensity c</source>
        <translation>Intensität c</translation>
    </message>
    <message>
        <source>Marked or pronounced</source>
        <translation>Deutlich oder ausgeprägt</translation>
    </message>
    <message>
        <source>Intensity d</source>
        <translation>Intensität d</translation>
    </message>
    <message>
        <source>Severe or extreme</source>
        <translation>Stark oder extrem</translation>
    </message>
    <message>
        <source>Intensity e</source>
        <translation>Intensität e</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>Maximal</translation>
    </message>
    <message>
        <source>No intensity</source>
        <translation>Keine Intensität</translation>
    </message>
    <message>
        <source>Take the intensity away</source>
        <translation>Intensität entfernen</translation>
    </message>
    <message>
        <source>Next side</source>
        <translation>Nächste Seite</translation>
    </message>
    <message>
        <source>Both sides, left, right, asymmetric, not given</source>
        <translation>Beide Seiten, links, rechts, asymmetrisch, nicht angegeben</translation>
    </message>
    <message>
        <source>Note …</source>
        <translation>Notiz …</translation>
    </message>
    <message>
        <source>Write a note to the judgement</source>
        <translation>Eine Notiz zum Urteil schreiben</translation>
    </message>
    <message>
        <source>Add Action Unit …</source>
        <translation>Action Unit hinzufügen …</translation>
    </message>
    <message>
        <source>Judge one that the machine missed</source>
        <translation>Eine beurteilen, die der Maschine entging</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Mark this stage as speech, or take that back</source>
        <translation>Diesen Abschnitt als Sprechen markieren oder das zurücknehmen</translation>
    </message>
    <message>
        <source>Face not scorable</source>
        <translation>Gesicht nicht kodierbar</translation>
    </message>
    <message>
        <source>Nothing can be judged in this stage</source>
        <translation>In diesem Abschnitt ist nichts zu beurteilen</translation>
    </message>
    <message>
        <source>Remove judgement</source>
        <translation>Urteil entfernen</translation>
    </message>
    <message>
        <source>Remove the chosen judgement</source>
        <translation>Das gewählte Urteil entfernen</translation>
    </message>
    <message>
        <source>Accept stage</source>
        <translation>Abschnitt annehmen</translation>
    </message>
    <message>
        <source>All that is not judged yet is present as the machine says; go to the next in doubt</source>
        <translation>Alles noch nicht Beurteilte ist so vorhanden, wie die Maschine sagt; weiter zum nächsten Zweifelsfall</translation>
    </message>
    <message>
        <source>Only looked through</source>
        <translation>Nur durchgesehen</translation>
    </message>
    <message>
        <source>Judge no more here; go to the next in doubt</source>
        <translation>Hier nicht weiter urteilen; weiter zum nächsten Zweifelsfall</translation>
    </message>
    <message>
        <source>Next in doubt</source>
        <translation>Nächster Zweifelsfall</translation>
    </message>
    <message>
        <source>Go to the next stage to look through</source>
        <translation>Zum nächsten Abschnitt gehen, der durchzusehen ist</translation>
    </message>
    <message>
        <source>Previous in doubt</source>
        <translation>Voriger Zweifelsfall</translation>
    </message>
    <message>
        <source>Go to the stage before it</source>
        <translation>Zum Abschnitt davor gehen</translation>
    </message>
    <message>
        <source>Start here</source>
        <translation>Beginn hier</translation>
    </message>
    <message>
        <source>An interval starts at this frame</source>
        <translation>Ein Intervall beginnt bei diesem Bild</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Ende hier</translation>
    </message>
    <message>
        <source>The interval stops with this frame</source>
        <translation>Das Intervall endet mit diesem Bild</translation>
    </message>
    <message>
        <source>Apex starts here</source>
        <translation>Apex beginnt hier</translation>
    </message>
    <message>
        <source>Before it lies the onset</source>
        <translation>Davor liegt der Onset</translation>
    </message>
    <message>
        <source>Apex stops here</source>
        <translation>Apex endet hier</translation>
    </message>
    <message>
        <source>After it comes the offset</source>
        <translation>Danach kommt der Offset</translation>
    </message>
    <message>
        <source>Reviewed prototype</source>
        <translation>Begutachteter Prototyp</translation>
    </message>
    <message>
        <source>Stages after review below the machine&apos;s, with marks where they differ</source>
        <translation>Abschnitte nach der Begutachtung unter denen der Maschine, mit Marken bei Unterschieden</translation>
    </message>
    <message>
        <source>Hide the machine until I commit</source>
        <translation>Maschine verbergen, bis ich abschließe</translation>
    </message>
    <message>
        <source>Blind coding: nothing that the machine says is shown</source>
        <translation>Verblindete Kodierung: Nichts von dem, was die Maschine sagt, wird gezeigt</translation>
    </message>
    <message>
        <source>Commit …</source>
        <translation>Abschließen …</translation>
    </message>
    <message>
        <source>End blind coding and show the machine</source>
        <translation>Verblindete Kodierung beenden und die Maschine zeigen</translation>
    </message>
    <message>
        <source>Import annotations …</source>
        <translation>Annotationen importieren …</translation>
    </message>
    <message>
        <source>Judgements from OpenFace, py-feat, ELAN or BORIS, as another reviewer</source>
        <translation>Urteile aus OpenFace, py-feat, ELAN oder BORIS, als weiterer Rater</translation>
    </message>
    <message>
        <source>Agreement …</source>
        <translation>Übereinstimmung …</translation>
    </message>
    <message>
        <source>How far reviewers, the machine and files of other programs agree, for each Action Unit</source>
        <translation>Wie weit Rater, Maschine und Dateien anderer Programme übereinstimmen, für jede Action Unit</translation>
    </message>
    <message>
        <source>present</source>
        <translation>vorhanden</translation>
    </message>
    <message>
        <source>absent</source>
        <translation>nicht vorhanden</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>not scorable</source>
        <translation>nicht kodierbar</translation>
    </message>
    <message>
        <source>no reason given</source>
        <translation>kein Grund angegeben</translation>
    </message>
    <message>
        <source>head turned</source>
        <translation>Kopf abgewandt</translation>
    </message>
    <message>
        <source>occluded</source>
        <translation>verdeckt</translation>
    </message>
    <message>
        <source>blurred</source>
        <translation>unscharf</translation>
    </message>
    <message>
        <source>speech</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>side not given</source>
        <translation>Seite nicht angegeben</translation>
    </message>
    <message>
        <source>both sides</source>
        <translation>beide Seiten</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>asymmetric</source>
        <translation>asymmetrisch</translation>
    </message>
    <message>
        <source>intensity {0}</source>
        <translation>Intensität {0}</translation>
    </message>
    <message>
        <source>Whole face</source>
        <translation>Ganzes Gesicht</translation>
    </message>
    <message>
        <source>{0}: probability near the threshold</source>
        <translation>{0}: Wahrscheinlichkeit nahe der Schwelle</translation>
    </message>
    <message>
        <source>{0}: the network looks elsewhere on the face</source>
        <translation>{0}: Das Netz blickt auf eine andere Stelle des Gesichts</translation>
    </message>
    <message>
        <source>a short stage</source>
        <translation>ein kurzer Abschnitt</translation>
    </message>
    <message>
        <source>{0}: its relevance is unlike the rest of look {1}</source>
        <translation>{0}: Die Relevanz gleicht nicht dem Rest von Muster {1}</translation>
    </message>
    <message>
        <source>frames {0}–{1}</source>
        <translation>Bilder {0}–{1}</translation>
    </message>
    <message>
        <source>Starting the analysis …</source>
        <translation>Die Analyse wird gestartet …</translation>
    </message>
    <message>
        <source>Analysing …</source>
        <translation>Analyse läuft …</translation>
    </message>
    <message>
        <source>Stopping after the frames in hand …</source>
        <translation>Angehalten wird nach den laufenden Bildern …</translation>
    </message>
    <message>
        <source>The analysis is not finished: press Analyse to go on</source>
        <translation>Die Analyse ist nicht abgeschlossen: Mit „Analysieren“ geht sie weiter</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>Analysiert</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>Engine stopped</source>
        <translation>Analysemodul angehalten</translation>
    </message>
    <message>
        <source>Steady</source>
        <translation>Steady</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>roh</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>absorbed</source>
        <translation>absorbiert</translation>
    </message>
    <message>
        <source>Not scorable because</source>
        <translation>Nicht kodierbar wegen</translation>
    </message>
    <message>
        <source>Loop it, or stop</source>
        <translation>Wiederholen oder anhalten</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>no intensity</source>
        <translation>keine Intensität</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Intensität</translation>
    </message>
    <message>
        <source>Side</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Mark an apex</source>
        <translation>Apex markieren</translation>
    </message>
    <message>
        <source>Remove the apex</source>
        <translation>Apex entfernen</translation>
    </message>
    <message>
        <source>{frames} · {seconds:.2f} s</source>
        <translation>{frames} · {seconds:.2f} s</translation>
    </message>
    <message>
        <source>apex: {frames}</source>
        <translation>Apex: {frames}</translation>
    </message>
    <message>
        <source>imported from {file}</source>
        <translation>importiert aus {file}</translation>
    </message>
    <message>
        <source>judged while the machine was hidden</source>
        <translation>beurteilt, während die Maschine verborgen war</translation>
    </message>
    <message>
        <source>{sign} the machine&apos;s result has changed since</source>
        <translation>{sign} Das Ergebnis der Maschine hat sich seitdem geändert</translation>
    </message>
    <message>
        <source>by {reviewer}, {time}</source>
        <translation>von {reviewer}, {time}</translation>
    </message>
    <message>
        <source>Open …</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Open a video, an image or a session</source>
        <translation>Ein Video, ein Bild oder eine Sitzung öffnen</translation>
    </message>
    <message>
        <source>Open image folder …</source>
        <translation>Bildordner öffnen …</translation>
    </message>
    <message>
        <source>Open a folder of images as a video</source>
        <translation>Einen Ordner mit Bildern als Video öffnen</translation>
    </message>
    <message>
        <source>Camera …</source>
        <translation>Kamera …</translation>
    </message>
    <message>
        <source>Look at a camera with live bars, and record</source>
        <translation>Eine Kamera mit laufenden Balken betrachten und aufnehmen</translation>
    </message>
    <message>
        <source>Open the sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>Open the bundled sample video and analyse it</source>
        <translation>Das mitgelieferte Beispielvideo öffnen und analysieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close the video; everything is kept</source>
        <translation>Das Video schließen; alles bleibt erhalten</translation>
    </message>
    <message>
        <source>Settings …</source>
        <translation>Einstellungen …</translation>
    </message>
    <message>
        <source>Theme, size of type, model, privacy</source>
        <translation>Farbschema, Schriftgröße, Modell, Datenschutz</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Close the window; a running analysis keeps what is done</source>
        <translation>Das Fenster schließen; eine laufende Analyse behält, was fertig ist</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Take your last change back</source>
        <translation>Ihre letzte Änderung zurücknehmen</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Make the change again that was taken back</source>
        <translation>Die zurückgenommene Änderung wiederherstellen</translation>
    </message>
    <message>
        <source>Copy notation</source>
        <translation>Notation kopieren</translation>
    </message>
    <message>
        <source>Copy the temporal prototype in the paper&apos;s notation</source>
        <translation>Den zeitlichen Prototyp in der Notation des Papers kopieren</translation>
    </message>
    <message>
        <source>Play / pause</source>
        <translation>Wiedergabe / Pause</translation>
    </message>
    <message>
        <source>Play or pause the video</source>
        <translation>Das Video abspielen oder anhalten</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>Go one frame back</source>
        <translation>Ein Bild zurückgehen</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>Go one frame forward</source>
        <translation>Ein Bild vorgehen</translation>
    </message>
    <message>
        <source>Previous stage</source>
        <translation>Voriger Abschnitt</translation>
    </message>
    <message>
        <source>Go to the stage before</source>
        <translation>Zum Abschnitt davor gehen</translation>
    </message>
    <message>
        <source>Next stage</source>
        <translation>Nächster Abschnitt</translation>
    </message>
    <message>
        <source>Go to the next stage</source>
        <translation>Zum nächsten Abschnitt gehen</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>Go to the first frame</source>
        <translation>Zum ersten Bild gehen</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Go to the last frame</source>
        <translation>Zum letzten Bild gehen</translation>
    </message>
    <message>
        <source>Loop stage</source>
        <translation>Abschnitt wiederholen</translation>
    </message>
    <message>
        <source>Play this stage again and again</source>
        <translation>Diesen Abschnitt immer wieder abspielen</translation>
    </message>
    <message>
        <source>Slower</source>
        <translation>Langsamer</translation>
    </message>
    <message>
        <source>Play at the next lower speed</source>
        <translation>Mit der nächstniedrigeren Geschwindigkeit abspielen</translation>
    </message>
    <message>
        <source>Faster</source>
        <translation>Schneller</translation>
    </message>
    <message>
        <source>Play at the next higher speed</source>
        <translation>Mit der nächsthöheren Geschwindigkeit abspielen</translation>
    </message>
    <message>
        <source>Previous Action Unit</source>
        <translation>Vorige Action Unit</translation>
    </message>
    <message>
        <source>Choose the Action Unit above</source>
        <translation>Die Action Unit darüber wählen</translation>
    </message>
    <message>
        <source>Next Action Unit</source>
        <translation>Nächste Action Unit</translation>
    </message>
    <message>
        <source>Choose the Action Unit below</source>
        <translation>Die Action Unit darunter wählen</translation>
    </message>
    <message>
        <source>Less relevance</source>
        <translation>Weniger Relevanz</translation>
    </message>
    <message>
        <source>Lower X of the Top-X overlay</source>
        <translation>X des Top-X-Overlays verringern</translation>
    </message>
    <message>
        <source>More relevance</source>
        <translation>Mehr Relevanz</translation>
    </message>
    <message>
        <source>Raise X of the Top-X overlay</source>
        <translation>X des Top-X-Overlays erhöhen</translation>
    </message>
    <message>
        <source>Top-X of all active Action Units</source>
        <translation>Top-X aller aktiven Action Units</translation>
    </message>
    <message>
        <source>Each in its colour</source>
        <translation>Jede in ihrer Farbe</translation>
    </message>
    <message>
        <source>Top-X of the chosen Action Unit</source>
        <translation>Top-X der gewählten Action Unit</translation>
    </message>
    <message>
        <source>Only the chosen one</source>
        <translation>Nur die gewählte</translation>
    </message>
    <message>
        <source>Signed map</source>
        <translation>Karte mit Vorzeichen</translation>
    </message>
    <message>
        <source>Evidence for (red) and against (blue) the chosen one</source>
        <translation>Evidenz für (rot) und gegen (blau) die gewählte Action Unit</translation>
    </message>
    <message>
        <source>Cluster prototype</source>
        <translation>Cluster-Prototyp</translation>
    </message>
    <message>
        <source>The look&apos;s mean map, not the frame&apos;s own</source>
        <translation>Die mittlere Karte des Musters statt der des Bildes</translation>
    </message>
    <message>
        <source>Relevance</source>
        <translation>Relevanz</translation>
    </message>
    <message>
        <source>Draw relevance over the frame</source>
        <translation>Die Relevanz über das Bild zeichnen</translation>
    </message>
    <message>
        <source>Face box</source>
        <translation>Gesichtsrahmen</translation>
    </message>
    <message>
        <source>Draw the box of the analysed face</source>
        <translation>Den Rahmen des analysierten Gesichts zeichnen</translation>
    </message>
    <message>
        <source>Face mesh</source>
        <translation>Gesichtsnetz</translation>
    </message>
    <message>
        <source>Draw the points of the face mesh</source>
        <translation>Die Punkte des Gesichtsnetzes zeichnen</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <source>Draw labels over the frame</source>
        <translation>Beschriftung über das Bild zeichnen</translation>
    </message>
    <message>
        <source>Paper and steady side by side</source>
        <translation>Paper und Steady nebeneinander</translation>
    </message>
    <message>
        <source>Both profiles as strips</source>
        <translation>Beide Profile als Streifen</translation>
    </message>
    <message>
        <source>Only active lanes</source>
        <translation>Nur aktive Spuren</translation>
    </message>
    <message>
        <source>Hide lanes without any activity</source>
        <translation>Spuren ohne Aktivität ausblenden</translation>
    </message>
    <message>
        <source>Zoom time in</source>
        <translation>Zeit vergrößern</translation>
    </message>
    <message>
        <source>Show a shorter part of the video</source>
        <translation>Einen kürzeren Teil des Videos zeigen</translation>
    </message>
    <message>
        <source>Zoom time out</source>
        <translation>Zeit verkleinern</translation>
    </message>
    <message>
        <source>Show a longer part of the video</source>
        <translation>Einen längeren Teil des Videos zeigen</translation>
    </message>
    <message>
        <source>Whole video</source>
        <translation>Ganzes Video</translation>
    </message>
    <message>
        <source>Show all of the time axis</source>
        <translation>Die gesamte Zeitachse zeigen</translation>
    </message>
    <message>
        <source>Fit the frame</source>
        <translation>Bild einpassen</translation>
    </message>
    <message>
        <source>Show the whole frame in the player</source>
        <translation>Das ganze Bild in der Wiedergabe zeigen</translation>
    </message>
    <message>
        <source>Dark / light</source>
        <translation>Dunkel / hell</translation>
    </message>
    <message>
        <source>Change between the dark and the light theme</source>
        <translation>Zwischen dunklem und hellem Farbschema wechseln</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Analysieren</translation>
    </message>
    <message>
        <source>Analyse the video, or go on</source>
        <translation>Das Video analysieren oder damit fortfahren</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the analysis; what is done is kept</source>
        <translation>Die Analyse anhalten; Erledigtes bleibt erhalten</translation>
    </message>
    <message>
        <source>Action Units, thresholds …</source>
        <translation>Action Units, Schwellen …</translation>
    </message>
    <message>
        <source>Choose which take part, and from where</source>
        <translation>Auswählen, welche teilnehmen und ab wann</translation>
    </message>
    <message>
        <source>Face …</source>
        <translation>Gesicht …</translation>
    </message>
    <message>
        <source>Choose the face to analyse</source>
        <translation>Das zu analysierende Gesicht wählen</translation>
    </message>
    <message>
        <source>Mark this stage as the neutral face</source>
        <translation>Diesen Abschnitt als neutrales Gesicht markieren</translation>
    </message>
    <message>
        <source>Compare all frames with this stage; Shift and drag on the time axis marks any stretch</source>
        <translation>Alle Bilder mit diesem Abschnitt vergleichen; Ziehen mit Umschalt auf der Zeitachse markiert einen beliebigen Zeitbereich</translation>
    </message>
    <message>
        <source>Clear the neutral face</source>
        <translation>Neutrales Gesicht aufheben</translation>
    </message>
    <message>
        <source>Let the program look for calm frames itself</source>
        <translation>Das Programm selbst nach ruhigen Bildern suchen lassen</translation>
    </message>
    <message>
        <source>Why not?</source>
        <translation>Warum nicht?</translation>
    </message>
    <message>
        <source>Ask why the chosen Action Unit is not seen here</source>
        <translation>Fragen, warum die gewählte Action Unit hier nicht gesehen wird</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Tour, window, review, method, files, limits</source>
        <translation>Rundgang, Fenster, Begutachtung, Methode, Dateien, Grenzen (englisch)</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>All keys of the window</source>
        <translation>Alle Tasten des Fensters</translation>
    </message>
    <message>
        <source>How to read this</source>
        <translation>Wie ist das zu lesen?</translation>
    </message>
    <message>
        <source>The paper&apos;s terms in short</source>
        <translation>Die Begriffe des Papers in Kürze</translation>
    </message>
    <message>
        <source>About TPViewer</source>
        <translation>Über TPViewer</translation>
    </message>
    <message>
        <source>Version, licences and credits</source>
        <translation>Version, Lizenzen und Danksagung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Wiedergabe</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Begutachtung</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>Open a folder of sessions as a library</source>
        <translation>Einen Ordner mit Sitzungen als Bibliothek öffnen</translation>
    </message>
    <message>
        <source>{0}: you code it blind; commit it, then it is shown in the library</source>
        <translation>{0}: wird von Ihnen verblindet kodiert; schließen Sie ab, dann erscheint die Sitzung in der Bibliothek</translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <source>About TPViewer</source>
        <translation>Über TPViewer</translation>
    </message>
    <message>
        <source>TPViewer {0}</source>
        <translation>TPViewer {0}</translation>
    </message>
    <message>
        <source>Shows why a neural network saw a facial Action Unit, over a whole video. Everything happens on this computer; the program opens no network connection.
A research tool. Not a medical device: not for diagnosis or treatment.</source>
        <translation>Zeigt über ein ganzes Video, warum ein neuronales Netz eine Action Unit des Gesichts gesehen hat. Alles geschieht auf diesem Rechner; das Programm öffnet keine Netzwerkverbindung.
Ein Forschungswerkzeug. Kein Medizinprodukt: nicht für Diagnose oder Behandlung.</translation>
    </message>
    <message>
        <source>Licences and credits</source>
        <translation>Lizenzen und Danksagung</translation>
    </message>
</context>
<context>
    <name>AgreementDialog</name>
    <message>
        <source>Add sessions or files …</source>
        <translation>Sitzungen oder Dateien hinzufügen …</translation>
    </message>
    <message>
        <source>Only the open session</source>
        <translation>Nur die offene Sitzung</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>Reading …</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>Übereinstimmung</translation>
    </message>
    <message>
        <source>Compared</source>
        <translation>Verglichen</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Copy table</source>
        <translation>Tabelle kopieren</translation>
    </message>
    <message>
        <source>Save table …</source>
        <translation>Tabelle speichern …</translation>
    </message>
    <message>
        <source>Save plot …</source>
        <translation>Diagramm speichern …</translation>
    </message>
    <message>
        <source>Figure of the plot</source>
        <translation>Kennzahl des Diagramms</translation>
    </message>
    <message>
        <source>Sessions, and files of OpenFace, py-feat, ELAN and BORIS</source>
        <translation>Sitzungen und Dateien aus OpenFace, py-feat, ELAN und BORIS</translation>
    </message>
    <message>
        <source>One video: there are no intervals, for they are drawn over videos.</source>
        <translation>Ein Video: Es gibt keine Intervalle, denn sie werden über Videos gezogen.</translation>
    </message>
    <message>
        <source>{0} videos. In brackets and in the plot: 95 % intervals, bootstrapped over videos; none of what a single video tells.</source>
        <translation>{0} Videos. In Klammern und im Diagramm: 95-%-Intervalle, Bootstrap über Videos; keines, wo es nur ein einzelnes Video gibt.</translation>
    </message>
    <message>
        <source>Of so few videos they are rough.</source>
        <translation>Bei so wenigen Videos sind sie grob.</translation>
    </message>
    <message>
        <source>Only frames count that both have scored: by a verdict, or looked through without one (absent). Unsure, not scorable and speech are left out.</source>
        <translation>Es zählen nur Bilder, die beide bewertet haben: durch ein Urteil oder durchgesehen ohne eines (nicht vorhanden). Unsicher, nicht kodierbar und Sprechen bleiben außen vor.</translation>
    </message>
    <message>
        <source>Nothing to compare yet.

Add sessions that were reviewed, or files of OpenFace, py-feat, ELAN or BORIS.</source>
        <translation>Noch nichts zu vergleichen.

Fügen Sie begutachtete Sitzungen oder Dateien aus OpenFace, py-feat, ELAN oder BORIS hinzu.</translation>
    </message>
    <message>
        <source>There is only one rater here, so there is nobody to compare with.

Review the session (menu Review), or add a file of another program with “Add sessions or files …”.</source>
        <translation>Hier gibt es nur einen Rater und damit niemanden zum Vergleich.

Begutachten Sie die Sitzung (Menü Begutachtung), oder fügen Sie mit „Sitzungen oder Dateien hinzufügen …“ eine Datei eines anderen Programms hinzu.</translation>
    </message>
    <message>
        <source>No two raters have scored the same Action Unit in the same frames.

Judge stages, mark what you have looked through, or commit blind coding; then open this again. Raters: {0}</source>
        <translation>Keine zwei Rater haben dieselbe Action Unit in denselben Bildern bewertet.

Beurteilen Sie Abschnitte, markieren Sie, was Sie durchgesehen haben, oder schließen Sie die verblindete Kodierung ab; öffnen Sie dann dieses Fenster erneut. Rater: {0}</translation>
    </message>
</context>
<context>
    <name>AgreementPlot</name>
    <message>
        <source>Plot of agreement</source>
        <translation>Diagramm der Übereinstimmung</translation>
    </message>
</context>
<context>
    <name>AgreementTable</name>
    <message>
        <source>AU</source>
        <translation>AU</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Vorhanden</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Frames that both have scored.</source>
        <translation>Bilder, die beide bewertet haben.</translation>
    </message>
    <message>
        <source>Share of frames that reference and other call present.</source>
        <translation>Anteil der Bilder, die Referenz und anderer als vorhanden bewerten.</translation>
    </message>
    <message>
        <source>Events of the reference, of the other, and pairs that match.</source>
        <translation>Ereignisse der Referenz, des anderen und übereinstimmende Paare.</translation>
    </message>
    <message>
        <source>Agreement for each Action Unit</source>
        <translation>Übereinstimmung für jede Action Unit</translation>
    </message>
    <message>
        <source>Frames with two intensities: {0}</source>
        <translation>Bilder mit zwei Intensitäten: {0}</translation>
    </message>
    <message>
        <source>Not defined here: too little was scored, or it never changes.</source>
        <translation>Hier nicht definiert: Es wurde zu wenig bewertet, oder es ändert sich nie.</translation>
    </message>
</context>
<context>
    <name>AnalysisDialog</name>
    <message>
        <source>Action Units and thresholds</source>
        <translation>Action Units und Schwellen</translation>
    </message>
    <message>
        <source>Action Unit</source>
        <translation>Action Unit</translation>
    </message>
    <message>
        <source>Active from</source>
        <translation>Aktiv ab</translation>
    </message>
    <message>
        <source>Model&apos;s own</source>
        <translation>Vom Modell</translation>
    </message>
    <message>
        <source>Action Units and their thresholds</source>
        <translation>Action Units und ihre Schwellen</translation>
    </message>
    <message>
        <source>The steady profile switches an Action Unit on .10 over its threshold and off .10 under it.</source>
        <translation>Das Profil Steady schaltet eine Action Unit .10 über ihrer Schwelle ein und .10 darunter aus.</translation>
    </message>
    <message>
        <source>The paper profile takes an Action Unit as active at or over its threshold.</source>
        <translation>Das Profil Paper nimmt eine Action Unit ab ihrer Schwelle als aktiv.</translation>
    </message>
    <message>
        <source>Only chosen Action Units are explained and take part in stages. {0} Only what a change touches is computed again.</source>
        <translation>Nur gewählte Action Units werden erklärt und gehen in Abschnitte ein. {0} Nur was eine Änderung betrifft, wird neu berechnet.</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Reset thresholds</source>
        <translation>Schwellen zurücksetzen</translation>
    </message>
    <message>
        <source>Brow</source>
        <translation>Braue</translation>
    </message>
    <message>
        <source>Lids</source>
        <translation>Lider</translation>
    </message>
    <message>
        <source>Nose</source>
        <translation>Nase</translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation>Wangen</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>experimental</source>
        <translation>experimentell</translation>
    </message>
    <message>
        <source>The model knows this Action Unit badly, by its own measurement: do not rely on it alone</source>
        <translation>Das Modell beherrscht diese Action Unit nach eigener Messung schlecht: Verlassen Sie sich nicht allein darauf</translation>
    </message>
    <message>
        <source>Threshold of {0}</source>
        <translation>Schwelle von {0}</translation>
    </message>
    <message>
        <source>Reset {0} to the model&apos;s threshold of {1}</source>
        <translation>{0} auf die Schwelle {1} des Modells zurücksetzen</translation>
    </message>
    <message>
        <source>{0} of {1} Action Units  ·  thresholds changed: {2}</source>
        <translation>{0} von {1} Action Units  ·  geänderte Schwellen: {2}</translation>
    </message>
    <message>
        <source>Choose at least one Action Unit.</source>
        <translation>Wählen Sie mindestens eine Action Unit.</translation>
    </message>
</context>
<context>
    <name>AnalysisRun</name>
    <message>
        <source>The results are gone</source>
        <translation>Die Ergebnisse sind nicht mehr vorhanden</translation>
    </message>
    <message>
        <source>{0} was deleted while the video was analysed; analyse it again</source>
        <translation>{0} wurde gelöscht, während das Video analysiert wurde; analysieren Sie es erneut</translation>
    </message>
    <message>
        <source>The analysis engine stopped</source>
        <translation>Das Analysemodul hielt an</translation>
    </message>
    <message>
        <source>The analysis cannot go on</source>
        <translation>Die Analyse kann nicht fortgesetzt werden</translation>
    </message>
    <message>
        <source>The model gave no answer</source>
        <translation>Das Modell gab keine Antwort</translation>
    </message>
    <message>
        <source>The looks were not changed</source>
        <translation>Die Muster wurden nicht geändert</translation>
    </message>
    <message>
        <source>The model cannot be loaded</source>
        <translation>Das Modell kann nicht geladen werden</translation>
    </message>
</context>
<context>
    <name>CameraDriver</name>
    <message>
        <source>{0} gives no picture. Another program may be using it: close that program and try again.</source>
        <translation>{0} liefert kein Bild. Vielleicht nutzt sie ein anderes Programm: Schließen Sie es, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>{0} gives no pictures any more. Look at its cable, then try again.</source>
        <translation>{0} liefert keine Bilder mehr. Prüfen Sie das Kabel, und versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>CameraPreview</name>
    <message>
        <source>Picture of the camera</source>
        <translation>Bild der Kamera</translation>
    </message>
</context>
<context>
    <name>CameraWindow</name>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>This file cannot stand in for a camera</source>
        <translation>Diese Datei kann keine Kamera vertreten</translation>
    </message>
    <message>
        <source>The microphone stopped; pictures go on.</source>
        <translation>Das Mikrofon fiel aus; die Bilder laufen weiter.</translation>
    </message>
    <message>
        <source>Videos ({0});;All files (*)</source>
        <translation>Videos ({0});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>File as camera</source>
        <translation>Datei als Kamera</translation>
    </message>
    <message>
        <source>Folder of recordings</source>
        <translation>Ordner für Aufnahmen</translation>
    </message>
    <message>
        <source>Opening {0} …</source>
        <translation>{0} wird geöffnet …</translation>
    </message>
    <message>
        <source>No picture</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>Cameras cannot be used</source>
        <translation>Kameras können nicht verwendet werden</translation>
    </message>
    <message>
        <source>QtMultimedia, or a library that it needs, is missing on this computer.</source>
        <translation>QtMultimedia oder eine dafür nötige Bibliothek fehlt auf diesem Rechner.</translation>
    </message>
    <message>
        <source>No camera was found</source>
        <translation>Keine Kamera gefunden</translation>
    </message>
    <message>
        <source>Connect one, and it appears here. To practise without one, let a video stand in for it.</source>
        <translation>Schließen Sie eine an, dann erscheint sie hier. Zum Üben ohne Kamera kann ein Video sie vertreten.</translation>
    </message>
    <message>
        <source>No face in the picture</source>
        <translation>Kein Gesicht im Bild</translation>
    </message>
</context>
<context>
    <name>ClusterHeader</name>
    <message>
        <source>Looks</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>The machine is hidden until you commit.</source>
        <translation>Die Maschine ist verborgen, bis Sie abschließen.</translation>
    </message>
    <message>
        <source>Looks of an Action Unit show here when a video has been analysed.</source>
        <translation>Hier erscheinen die Muster einer Action Unit, wenn ein Video analysiert ist.</translation>
    </message>
    <message>
        <source>Choose an Action Unit to see its looks.</source>
        <translation>Wählen Sie eine Action Unit, um ihre Muster zu sehen.</translation>
    </message>
    <message>
        <source>Looks appear when the analysis has clustered the relevance maps.</source>
        <translation>Muster erscheinen, wenn die Analyse die Relevanzkarten geclustert hat.</translation>
    </message>
    <message>
        <source>Never active in this video, so there is nothing to cluster.</source>
        <translation>In diesem Video nie aktiv; es gibt nichts zu clustern.</translation>
    </message>
    <message>
        <source>{0} frames: too few frames to cluster</source>
        <translation>{0} Bilder: zu wenige zum Clustern</translation>
    </message>
    <message>
        <source>1 look</source>
        <translation>1 Muster</translation>
    </message>
    <message>
        <source>{0} looks</source>
        <translation>{0} Muster</translation>
    </message>
    <message>
        <source>stability {0}</source>
        <translation>Stabilität {0}</translation>
    </message>
    <message>
        <source>stability not measured</source>
        <translation>Stabilität nicht gemessen</translation>
    </message>
    <message>
        <source>{0} in {1} frames · {2}</source>
        <translation>{0} in {1} Bildern · {2}</translation>
    </message>
    <message>
        <source>{0} from the spectrum → {1} after joining small ones → {2} after merging like ones</source>
        <translation>{0} aus dem Spektrum → {1} nach Anschluss kleiner → {2} nach Vereinigung ähnlicher</translation>
    </message>
    <message>
        <source>Grounding {0} over the frames where it is active</source>
        <translation>Verortung {0} über die Bilder, in denen sie aktiv ist</translation>
    </message>
    <message>
        <source> {0} the network looks elsewhere than where it shows</source>
        <translation> {0} Das Netz blickt auf eine andere Stelle als die, an der sie sich zeigt</translation>
    </message>
    <message>
        <source>Overruled by you: the frames of the looks have changed</source>
        <translation>Von Ihnen geändert: Die Bilder der Muster sind andere geworden</translation>
    </message>
    <message>
        <source>Overruled by you: {0} instead of {1}</source>
        <translation>Von Ihnen geändert: {0} statt {1}</translation>
    </message>
    <message>
        <source>head yaw</source>
        <translation>Kopfdrehung</translation>
    </message>
    <message>
        <source>pose</source>
        <translation>Kopfhaltung</translation>
    </message>
    <message>
        <source>brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>light</source>
        <translation>Licht</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>focus or motion</source>
        <translation>Fokus oder Bewegung</translation>
    </message>
    <message>
        <source>Look {0} goes with {1} (η² {2} against {3} for time): it may be {4}, not muscle</source>
        <translation>Muster {0} geht mit {1} einher (η² {2} gegenüber {3} für die Zeit): Das kann {4} sein, nicht Muskelaktivität</translation>
    </message>
    <message>
        <source>Looks {0} go</source>
        <translation>Muster {0} gehen</translation>
    </message>
    <message>
        <source> and </source>
        <translation> und </translation>
    </message>
    <message>
        <source>Looks go</source>
        <translation>Muster gehen</translation>
    </message>
    <message>
        <source>{0} with {1} (η² {2} against {3} for time): they may be {4}, not muscle</source>
        <translation>{0} mit {1} einher (η² {2} gegenüber {3} für die Zeit): Das kann {4} sein, nicht Muskelaktivität</translation>
    </message>
</context>
<context>
    <name>ClusterPanel</name>
    <message>
        <source>Clustering</source>
        <translation>Clustern</translation>
    </message>
    <message>
        <source>Eigenvalues · band: gap · dashed: looks shown</source>
        <translation>Eigenwerte · Band: Lücke · gestrichelt: gezeigte Muster</translation>
    </message>
    <message>
        <source>Frames by eigenvectors {0} and {1}</source>
        <translation>Bilder nach Eigenvektoren {0} und {1}</translation>
    </message>
    <message>
        <source>frame {0} · {1} · look {2}</source>
        <translation>Bild {0} · {1} · Muster {2}</translation>
    </message>
</context>
<context>
    <name>ClusterTools</name>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Undo the last change of looks</source>
        <translation>Die letzte Änderung der Muster zurücknehmen</translation>
    </message>
    <message>
        <source>Redo the change of looks</source>
        <translation>Die Änderung der Muster wiederholen</translation>
    </message>
    <message>
        <source>Lasso: draw around points to select their frames</source>
        <translation>Lasso: Punkte umfahren, um ihre Bilder auszuwählen</translation>
    </message>
    <message>
        <source>New look from selection</source>
        <translation>Neu aus Auswahl</translation>
    </message>
    <message>
        <source>Move to look …</source>
        <translation>Verschieben in …</translation>
    </message>
    <message>
        <source>Move selection to look …</source>
        <translation>Auswahl verschieben in …</translation>
    </message>
    <message>
        <source>Number of looks</source>
        <translation>Anzahl der Muster</translation>
    </message>
    <message>
        <source>Cluster again into this many</source>
        <translation>Erneut in so viele Muster clustern</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>Merge {0} and {1}</source>
        <translation>{0} und {1} vereinigen</translation>
    </message>
    <message>
        <source>Merge two</source>
        <translation>Zwei vereinigen</translation>
    </message>
    <message>
        <source>Click the tiles of two looks first</source>
        <translation>Klicken Sie zuerst die Kacheln zweier Muster an</translation>
    </message>
    <message>
        <source>Split {0}</source>
        <translation>{0} teilen</translation>
    </message>
    <message>
        <source>Split one</source>
        <translation>Eines teilen</translation>
    </message>
    <message>
        <source>Click the tile of one look first</source>
        <translation>Klicken Sie zuerst die Kachel eines Musters an</translation>
    </message>
</context>
<context>
    <name>DeleteDialog</name>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete session</source>
        <translation>Sitzung löschen</translation>
    </message>
    <message>
        <source>Delete the session of {0}?</source>
        <translation>Die Sitzung von {0} löschen?</translation>
    </message>
    <message>
        <source>Delete the review by {0} too (judgements: {1})</source>
        <translation>Auch die Begutachtung von {0} löschen (Urteile: {1})</translation>
    </message>
    <message>
        <source>This is gone for good:</source>
        <translation>Dies ist unwiederbringlich verloren:</translation>
    </message>
    <message>
        <source>• {0} ({1})</source>
        <translation>• {0} ({1})</translation>
    </message>
    <message>
        <source>• {0} relevance maps, {1} pictures of the face</source>
        <translation>• {0} Relevanzkarten, {1} Bilder des Gesichts</translation>
    </message>
    <message>
        <source>• looks, stages, edits, pseudonym and consent, and its place in the lists</source>
        <translation>• Muster, Abschnitte, Änderungen, Pseudonym und Einwilligung sowie der Platz in den Listen</translation>
    </message>
    <message>
        <source>The video stays where it is, and so does what was exported. TPViewer removes the files; it cannot reach copies in backups or in the cloud, and on an SSD traces may stay until the drive writes over them: encrypt drives with patients&apos; data.</source>
        <translation>Das Video bleibt, wo es ist, ebenso alles Exportierte. TPViewer entfernt die Dateien; Kopien in Sicherungen oder in der Cloud erreicht es nicht, und auf einer SSD können Spuren bleiben, bis das Laufwerk sie überschreibt: Verschlüsseln Sie Laufwerke mit Patientendaten.</translation>
    </message>
</context>
<context>
    <name>DeviceRow</name>
    <message>
        <source>File as camera …</source>
        <translation>Datei als Kamera …</translation>
    </message>
    <message>
        <source>Mirrored view</source>
        <translation>Spiegelbild</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Size and rate of the pictures</source>
        <translation>Größe und Rate der Bilder</translation>
    </message>
    <message>
        <source>File as camera</source>
        <translation>Datei als Kamera</translation>
    </message>
    <message>
        <source>Let a video stand in for a camera, in real time: to practise, or to teach</source>
        <translation>Ein Video in Echtzeit als Kamera dienen lassen: zum Üben oder Lehren</translation>
    </message>
    <message>
        <source>Show the picture like a mirror; a recording is never mirrored</source>
        <translation>Das Bild wie im Spiegel zeigen; eine Aufnahme ist nie gespiegelt</translation>
    </message>
    <message>
        <source>No camera</source>
        <translation>Keine Kamera</translation>
    </message>
    <message>
        <source>{0} × {1}, {2} per second</source>
        <translation>{0} × {1}, {2} pro Sekunde</translation>
    </message>
    <message>
        <source>As it comes</source>
        <translation>Wie geliefert</translation>
    </message>
</context>
<context>
    <name>EmbeddingPlot</name>
    <message>
        <source>Frames in the spectral embedding</source>
        <translation>Bilder in der spektralen Einbettung</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>Open a video of a face</source>
        <translation>Video eines Gesichts öffnen</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Beispiel ansehen</translation>
    </message>
    <message>
        <source>or drop it here: a video, a folder of images, or a session (.tpv). Nothing leaves this computer.</source>
        <translation>oder hier ablegen: ein Video, einen Ordner mit Bildern oder eine Sitzung (.tpv). Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Open a video or a session</source>
        <translation>Ein Video oder eine Sitzung öffnen</translation>
    </message>
    <message>
        <source>Open the bundled video of a rendered face, with its analysis to look through</source>
        <translation>Das mitgelieferte Video eines gerenderten Gesichts samt Analyse zum Durchsehen öffnen</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open {0}</source>
        <translation>{0} öffnen</translation>
    </message>
</context>
<context>
    <name>EngineDriver</name>
    <message>
        <source>The analysis engine could not be started ({}). Close other programs and try again.</source>
        <translation>Das Analysemodul konnte nicht gestartet werden ({}). Schließen Sie andere Programme, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>signal {}</source>
        <translation>Signal {}</translation>
    </message>
    <message>
        <source>exit code {}</source>
        <translation>Exit-Code {}</translation>
    </message>
    <message>
        <source>The analysis engine stopped unexpectedly ({}). What was done is kept; press Analyse to go on.</source>
        <translation>Das Analysemodul hielt unerwartet an ({}). Erledigtes bleibt erhalten; mit „Analysieren“ geht es weiter.</translation>
    </message>
    <message>
        <source>The analysis engine stopped unexpectedly ({}). Nothing is lost; it starts again when it is asked next.</source>
        <translation>Das Analysemodul hielt unerwartet an ({}). Nichts ist verloren; bei der nächsten Anfrage startet es wieder.</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Why not?</source>
        <translation>Warum nicht?</translation>
    </message>
    <message>
        <source>Ask the model what speaks for and against it here</source>
        <translation>Das Modell fragen, was hier dafür und was dagegen spricht</translation>
    </message>
    <message>
        <source>No Action Unit chosen</source>
        <translation>Keine Action Unit gewählt</translation>
    </message>
    <message>
        <source>Choose one to ask why it is off</source>
        <translation>Wählen Sie eine für die Frage</translation>
    </message>
    <message>
        <source>read off AU45, without relevance of its own</source>
        <translation>aus AU45 abgelesen, ohne eigene Relevanz</translation>
    </message>
    <message>
        <source>no face analysed in this frame</source>
        <translation>in diesem Bild kein Gesicht analysiert</translation>
    </message>
    <message>
        <source>active here: the overlay shows why</source>
        <translation>hier aktiv: Das Overlay zeigt, warum</translation>
    </message>
    <message>
        <source>p = {0} below {1}</source>
        <translation>p = {0} unter {1}</translation>
    </message>
    <message>
        <source>p = {0} is not below {1}, but </source>
        <translation>p = {0} ist nicht unter {1}, aber </translation>
    </message>
    <message>
        <source>not in the chosen set</source>
        <translation>nicht in der Auswahl</translation>
    </message>
    <message>
        <source>too weak or too short to count in this result</source>
        <translation>zu schwach oder zu kurz, um hier zu zählen</translation>
    </message>
    <message>
        <source>Asking the model…</source>
        <translation>Das Modell wird befragt …</translation>
    </message>
    <message>
        <source>The model is loading; then it is asked…</source>
        <translation>Das Modell wird geladen und dann befragt …</translation>
    </message>
    <message>
        <source>Evidence for (red) and against (blue) {0} in frame {1}, {2}.</source>
        <translation>Evidenz für (rot) und gegen (blau) {0} in Bild {1}, {2}.</translation>
    </message>
    <message>
        <source>Nothing speaks for it.</source>
        <translation>Nichts spricht dafür.</translation>
    </message>
    <message>
        <source>Top-{0}: {0} % of what speaks for it lies in {1} % of the crop.</source>
        <translation>Top-{0}: {0} % dessen, was dafür spricht, liegen in {1} % des Ausschnitts.</translation>
    </message>
</context>
<context>
    <name>ExportLine</name>
    <message>
        <source>Progress of the export</source>
        <translation>Fortschritt des Exports</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>Export anhalten</translation>
    </message>
    <message>
        <source>Stop the export; no file is left behind</source>
        <translation>Export anhalten; es bleibt keine Datei zurück</translation>
    </message>
    <message>
        <source>Stopping {0} …</source>
        <translation>{0} wird angehalten …</translation>
    </message>
    <message>
        <source>Exporting {0}</source>
        <translation>{0} wird exportiert</translation>
    </message>
</context>
<context>
    <name>FaceChoice</name>
    <message>
        <source>Choose a face</source>
        <translation>Gesicht wählen</translation>
    </message>
    <message>
        <source>Several faces were followed. One of them is analysed; another choice starts anew from it.</source>
        <translation>Mehrere Gesichter wurden verfolgt. Eines davon ist analysiert; bei einer anderen Wahl beginnt die Analyse damit neu.</translation>
    </message>
</context>
<context>
    <name>FaceTile</name>
    <message>
        <source>face {0}</source>
        <translation>Gesicht {0}</translation>
    </message>
    <message>
        <source>{0} · analysed now</source>
        <translation>{0} · jetzt analysiert</translation>
    </message>
    <message>
        <source>{0} frames · first at {1}</source>
        <translation>{0} Bilder · zuerst bei {1}</translation>
    </message>
    <message>
        <source>Analyse this face</source>
        <translation>Dieses Gesicht analysieren</translation>
    </message>
</context>
<context>
    <name>FileCamera</name>
    <message>
        <source>{0}: this stand-in for a camera has ended</source>
        <translation>{0}: Dieser Kameraersatz ist zu Ende</translation>
    </message>
</context>
<context>
    <name>FrameCard</name>
    <message>
        <source>UNSEEN: no face</source>
        <translation>UNSEEN: kein Gesicht</translation>
    </message>
    <message>
        <source>NONE: no Action Unit active</source>
        <translation>NONE: keine Action Unit aktiv</translation>
    </message>
    <message>
        <source>The machine is hidden until you commit</source>
        <translation>Die Maschine ist verborgen, bis Sie abschließen</translation>
    </message>
    <message>
        <source>No stages yet</source>
        <translation>Noch keine Abschnitte</translation>
    </message>
    <message>
        <source>Not analysed</source>
        <translation>Nicht analysiert</translation>
    </message>
    <message>
        <source>stage {0} of {1} · {2} s · {3} frames · purity {4}</source>
        <translation>Abschnitt {0} von {1} · {2} s · {3} Bilder · Reinheit {4}</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>Noch nicht analysiert</translation>
    </message>
    <message>
        <source>No face in this frame</source>
        <translation>Kein Gesicht in diesem Bild</translation>
    </message>
    <message>
        <source>yaw {0} · pitch {1}</source>
        <translation>Drehung {0} · Neigung {1}</translation>
    </message>
    <message>
        <source>Face {0} · score {1}</source>
        <translation>Gesicht {0} · Güte {1}</translation>
    </message>
</context>
<context>
    <name>FrameView</name>
    <message>
        <source>Wheel zooms, dragging moves, a double click shows the whole frame</source>
        <translation>Das Mausrad vergrößert, Ziehen verschiebt, ein Doppelklick zeigt das ganze Bild</translation>
    </message>
    <message>
        <source>Frame of the video</source>
        <translation>Bild des Videos</translation>
    </message>
    <message>
        <source>Frame {0} cannot be decoded</source>
        <translation>Bild {0} kann nicht dekodiert werden</translation>
    </message>
    <message>
        <source>The video is missing; its maps are shown</source>
        <translation>Das Video fehlt; seine Karten werden gezeigt</translation>
    </message>
    <message>
        <source>No face in this frame</source>
        <translation>Kein Gesicht in diesem Bild</translation>
    </message>
    <message>
        <source>Choose an Action Unit to see its map</source>
        <translation>Wählen Sie eine Action Unit, um ihre Karte zu sehen</translation>
    </message>
    <message>
        <source>The relevance maps of this frame were not kept; the prototypes of its looks were</source>
        <translation>Die Relevanzkarten dieses Bildes wurden nicht aufbewahrt, die Prototypen seiner Muster schon</translation>
    </message>
    <message>
        <source>Of this map only what speaks for the Action Unit was kept</source>
        <translation>Von dieser Karte wurde nur aufbewahrt, was für die Action Unit spricht</translation>
    </message>
</context>
<context>
    <name>HelpDialog</name>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>How to read this</source>
        <translation>Wie ist das zu lesen?</translation>
    </message>
</context>
<context>
    <name>HowToRead</name>
    <message>
        <source>How to read this</source>
        <translation>Wie ist das zu lesen?</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Action Units at the playhead</source>
        <translation>Action Units an der Abspielposition</translation>
    </message>
    <message>
        <source>look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Letters name looks (clusters of relevance maps) within this video, not FACS intensities.</source>
        <translation>Buchstaben benennen Muster (Cluster von Relevanzkarten) in diesem Video, keine FACS-Intensitäten.</translation>
    </message>
    <message>
        <source>Close the hint on letters</source>
        <translation>Den Hinweis zu den Buchstaben schließen</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Not modelled: {0}: never read as absent</source>
        <translation>Nicht modelliert (heißt nie „nicht vorhanden“): {0}</translation>
    </message>
</context>
<context>
    <name>InspectorDelegate</name>
    <message>
        <source>exp</source>
        <translation>exp</translation>
    </message>
</context>
<context>
    <name>InspectorModel</name>
    <message>
        <source>AU</source>
        <translation>AU</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrsch.</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Action Unit of the Facial Action Coding System</source>
        <translation>Action Unit des Facial Action Coding System</translation>
    </message>
    <message>
        <source>Name in the Facial Action Coding System</source>
        <translation>Name im Facial Action Coding System</translation>
    </message>
    <message>
        <source>The model&apos;s probability in this frame; the tick is the threshold</source>
        <translation>Die Wahrscheinlichkeit des Modells in diesem Bild; der Strich ist die Schwelle</translation>
    </message>
    <message>
        <source>How well the model was measured on this Action Unit; from the model&apos;s card</source>
        <translation>Wie gut das Modell bei dieser Action Unit gemessen wurde; aus der Modellkarte</translation>
    </message>
    <message>
        <source>Grounding in this stage: how far the strongest relevance lies in the Action Unit&apos;s own
region of the face. 1 is all of it, 0 no more than chance would put there.
{0} under {1}: the network looks elsewhere.</source>
        <translation>Verortung in diesem Abschnitt: wie weit die stärkste Relevanz in der Region
des Gesichts liegt, in der sich die Action Unit zeigt. 1 ist alles, 0 nicht mehr als der Zufall.
{0} unter {1}: Das Netz blickt auf eine andere Stelle.</translation>
    </message>
    <message>
        <source>Letters name looks (clusters of relevance maps) within this video</source>
        <translation>Buchstaben benennen Muster (Cluster von Relevanzkarten) in diesem Video</translation>
    </message>
    <message>
        <source>look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>Brow</source>
        <translation>Braue</translation>
    </message>
    <message>
        <source>Lids</source>
        <translation>Lider</translation>
    </message>
    <message>
        <source>Nose</source>
        <translation>Nase</translation>
    </message>
    <message>
        <source>Cheeks</source>
        <translation>Wangen</translation>
    </message>
    <message>
        <source>Lips</source>
        <translation>Lippen</translation>
    </message>
    <message>
        <source>Jaw</source>
        <translation>Kiefer</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>{0} · {1} active</source>
        <translation>{0} · {1} aktiv</translation>
    </message>
    <message>
        <source>not in the chosen set</source>
        <translation>nicht in der Auswahl</translation>
    </message>
    <message>
        <source>read off AU45</source>
        <translation>aus AU45</translation>
    </message>
    <message>
        <source>Your judgement: {0}.</source>
        <translation>Ihr Urteil: {0}.</translation>
    </message>
    <message>
        <source>Not in the chosen set: classified, but never counted as active.</source>
        <translation>Nicht in der Auswahl: klassifiziert, aber nie als aktiv gezählt.</translation>
    </message>
    <message>
        <source>Eyes closed for 0.5 s or longer, read off AU45; not an output of the model.</source>
        <translation>Augen 0.5 s oder länger geschlossen, aus AU45 abgelesen; keine Ausgabe des Modells.</translation>
    </message>
    <message>
        <source>Probability {0}, threshold {1}.</source>
        <translation>Wahrscheinlichkeit {0}, Schwelle {1}.</translation>
    </message>
    <message>
        <source>Experimental: the model was too weak on this Action Unit to rely on.</source>
        <translation>Experimentell: Das Modell war bei dieser Action Unit zu schwach, um sich darauf zu verlassen.</translation>
    </message>
    <message>
        <source>Grounding {0} in this stage, measured in {1:.0f} % of its frames.</source>
        <translation>Verortung {0} in diesem Abschnitt, gemessen in {1:.0f} % seiner Bilder.</translation>
    </message>
    <message>
        <source>{0} The network looks elsewhere: too little of its strongest relevance lies
where {1} shows on the face. Look at the frames before you rely on it.</source>
        <translation>{0} Das Netz blickt auf eine andere Stelle: Zu wenig seiner stärksten Relevanz liegt dort,
wo sich {1} im Gesicht zeigt. Sehen Sie sich die Bilder an, bevor Sie sich darauf verlassen.</translation>
    </message>
    <message>
        <source>Quality not measured.</source>
        <translation>Güte nicht gemessen.</translation>
    </message>
    <message>
        <source> ({0} present, {1} absent)</source>
        <translation> ({0} vorhanden, {1} nicht vorhanden)</translation>
    </message>
    <message>
        <source>{0}: correlation {1} ({2} clips)</source>
        <translation>{0}: Korrelation {1} ({2} Clips)</translation>
    </message>
    <message>
        <source>Calibration: the probability is off by {0} on average.</source>
        <translation>Kalibrierung: Die Wahrscheinlichkeit weicht im Mittel um {0} ab.</translation>
    </message>
    <message>
        <source>Intensity from the model, 0 to 5: off by {0} on average (rendered faces).</source>
        <translation>Intensität aus dem Modell, 0 bis 5: weicht im Mittel um {0} ab (gerenderte Gesichter).</translation>
    </message>
</context>
<context>
    <name>JudgementFields</name>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Side of the face</source>
        <translation>Gesichtsseite</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>First frame of the apex</source>
        <translation>Erstes Bild des Apex</translation>
    </message>
    <message>
        <source>Last frame of the apex</source>
        <translation>Letztes Bild des Apex</translation>
    </message>
    <message>
        <source>✓ Present</source>
        <translation>✓ Vorhanden</translation>
    </message>
    <message>
        <source>✗ Absent</source>
        <translation>✗ Nicht vorhanden</translation>
    </message>
    <message>
        <source>? Unsure</source>
        <translation>? Unsicher</translation>
    </message>
    <message>
        <source>⊘ Not scorable</source>
        <translation>⊘ Nicht kodierbar</translation>
    </message>
    <message>
        <source>Intensity {0}</source>
        <translation>Intensität {0}</translation>
    </message>
    <message>
        <source>No intensity</source>
        <translation>Keine Intensität</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note (N)</source>
        <translation>Notiz (N)</translation>
    </message>
    <message>
        <source>Intensity</source>
        <translation>Intensität</translation>
    </message>
    <message>
        <source>Onset</source>
        <translation>Onset</translation>
    </message>
    <message>
        <source>Apex from</source>
        <translation>Apex von</translation>
    </message>
    <message>
        <source>Apex to</source>
        <translation>Apex bis</translation>
    </message>
    <message>
        <source>Offset</source>
        <translation>Offset</translation>
    </message>
</context>
<context>
    <name>Lanes</name>
    <message>
        <source>Lanes of the Action Units</source>
        <translation>Spuren der Action Units</translation>
    </message>
    <message>
        <source>No Action Unit is active in this video</source>
        <translation>In diesem Video ist keine Action Unit aktiv</translation>
    </message>
    <message>
        <source>Not analysed yet</source>
        <translation>Noch nicht analysiert</translation>
    </message>
    <message>
        <source>exp</source>
        <translation>exp</translation>
    </message>
    <message>
        <source>not analysed yet</source>
        <translation>noch nicht analysiert</translation>
    </message>
    <message>
        <source>no face in this frame</source>
        <translation>kein Gesicht in diesem Bild</translation>
    </message>
    <message>
        <source>p {p:.2f} (threshold {threshold:.2f})</source>
        <translation>p {p:.2f} (Schwelle {threshold:.2f})</translation>
    </message>
    <message>
        <source>not active</source>
        <translation>nicht aktiv</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>look {letter}</source>
        <translation>Muster {letter}</translation>
    </message>
    <message>
        <source>Hatched: over the threshold; looks follow when the analysis ends</source>
        <translation>Schraffiert: über der Schwelle; Muster folgen, wenn die Analyse endet</translation>
    </message>
    <message>
        <source>Block: {layer} · thin line below: raw</source>
        <translation>Block: {layer} · dünne Linie darunter: roh</translation>
    </message>
    <message>
        <source>experimental: the model is not reliable here</source>
        <translation>experimentell: Das Modell ist hier nicht verlässlich</translation>
    </message>
</context>
<context>
    <name>LayerChips</name>
    <message>
        <source>Relevance</source>
        <translation>Relevanz</translation>
    </message>
    <message>
        <source>Show what the model looked at</source>
        <translation>Zeigen, worauf das Modell geblickt hat</translation>
    </message>
    <message>
        <source>Face box</source>
        <translation>Gesichtsrahmen</translation>
    </message>
    <message>
        <source>Show the face that is analysed</source>
        <translation>Das analysierte Gesicht zeigen</translation>
    </message>
    <message>
        <source>Mesh</source>
        <translation>Netz</translation>
    </message>
    <message>
        <source>Show the points of the face mesh</source>
        <translation>Die Punkte des Gesichtsnetzes zeigen</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Beschriftung</translation>
    </message>
    <message>
        <source>Show the names of Action Units and of the stage</source>
        <translation>Die Namen der Action Units und des Abschnitts zeigen</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>Legend of the overlay</source>
        <translation>Legende des Overlays</translation>
    </message>
    <message>
        <source>{0} and {1} look at the same place ({2} %)</source>
        <translation>{0} und {1}: gleiche Stelle ({2} %)</translation>
    </message>
    <message>
        <source>{0}: red for it, blue against it</source>
        <translation>{0}: Rot spricht dafür, Blau dagegen</translation>
    </message>
    <message>
        <source>look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>(no map)</source>
        <translation>(keine Karte)</translation>
    </message>
</context>
<context>
    <name>LibraryModel</name>
    <message>
        <source>{0}, stage {1}: {2}</source>
        <translation>{0}, Abschnitt {1}: {2}</translation>
    </message>
    <message>
        <source>{0} stages</source>
        <translation>{0} Abschnitte</translation>
    </message>
    <message>
        <source>{0} places</source>
        <translation>{0} Stellen</translation>
    </message>
    <message>
        <source>frames {0}–{1}, {2:.2f}–{3:.2f} s</source>
        <translation>Bilder {0}–{1}, {2:.2f}–{3:.2f} s</translation>
    </message>
    <message>
        <source>Enter or double click opens this place</source>
        <translation>Enter oder ein Doppelklick öffnet diese Stelle</translation>
    </message>
</context>
<context>
    <name>LibraryWindow</name>
    <message>
        <source>Choose folder …</source>
        <translation>Ordner wählen …</translation>
    </message>
    <message>
        <source>Looking for sessions …</source>
        <translation>Sitzungen werden gesucht …</translation>
    </message>
    <message>
        <source>Library of temporal prototypes</source>
        <translation>Bibliothek zeitlicher Prototypen</translation>
    </message>
    <message>
        <source>Show the sessions below another folder</source>
        <translation>Die Sitzungen unterhalb eines anderen Ordners zeigen</translation>
    </message>
    <message>
        <source>Sessions read</source>
        <translation>Gelesene Sitzungen</translation>
    </message>
    <message>
        <source>Reading {0} of {1} sessions …</source>
        <translation>{0} von {1} Sitzungen werden gelesen …</translation>
    </message>
    <message>
        <source>None of the sessions of this folder can be shown.</source>
        <translation>Keine der Sitzungen dieses Ordners kann gezeigt werden.</translation>
    </message>
    <message>
        <source>{0} of {1} sessions, {2} distinct temporal prototypes, {3} patterns</source>
        <translation>{0} von {1} Sitzungen, {2} verschiedene zeitliche Prototypen, {3} Sequenzen</translation>
    </message>
    <message>
        <source>{0} cannot be shown</source>
        <translation>{0} können nicht gezeigt werden</translation>
    </message>
</context>
<context>
    <name>LiveBars</name>
    <message>
        <source>Action Units now</source>
        <translation>Aktuelle Action Units</translation>
    </message>
    <message>
        <source>The tick is the threshold. “exp”: the model knows this Action Unit badly, by its own measurement.</source>
        <translation>Der Strich ist die Schwelle. „exp“: Das Modell beherrscht diese Action Unit nach eigener Messung schlecht.</translation>
    </message>
    <message>
        <source>exp</source>
        <translation>exp</translation>
    </message>
</context>
<context>
    <name>LivePanel</name>
    <message>
        <source>Start it again</source>
        <translation>Erneut starten</translation>
    </message>
    <message>
        <source>Action Units now</source>
        <translation>Aktuelle Action Units</translation>
    </message>
    <message>
        <source>The analysis engine stopped. A recording is not touched by that.</source>
        <translation>Das Analysemodul hielt an. Eine Aufnahme ist davon nicht betroffen.</translation>
    </message>
    <message>
        <source>The model is being loaded …</source>
        <translation>Das Modell wird geladen …</translation>
    </message>
    <message>
        <source>A video is being analysed: the bars come more slowly until that is done.</source>
        <translation>Ein Video wird analysiert: Bis dahin kommen die Balken langsamer.</translation>
    </message>
    <message>
        <source>A preview of single pictures: the analysis of the recording decides.</source>
        <translation>Eine Vorschau einzelner Bilder: Maßgeblich ist die Analyse der Aufnahme.</translation>
    </message>
    <message>
        <source>It goes without this person&apos;s neutral face, which the analysis looks for.</source>
        <translation>Sie kommt ohne das neutrale Gesicht dieser Person aus, das erst die Analyse sucht.</translation>
    </message>
</context>
<context>
    <name>LookTile</name>
    <message>
        <source>Look {0} of {1}, {2} frames</source>
        <translation>Muster {0} von {1}, {2} Bilder</translation>
    </message>
    <message>
        <source>Click to select this look for merging or splitting</source>
        <translation>Klicken, um dieses Muster zum Vereinigen oder Teilen auszuwählen</translation>
    </message>
    <message>
        <source>look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>frame {0}</source>
        <translation>Bild {0}</translation>
    </message>
    <message>
        <source>Medoid frame {0}</source>
        <translation>Medoid: Bild {0}</translation>
    </message>
    <message>
        <source>The frame whose map is most like the others of this look. Click to go there.</source>
        <translation>Das Bild, dessen Karte den anderen dieses Musters am ähnlichsten ist. Klicken, um dorthin zu gehen.</translation>
    </message>
    <message>
        <source>{0} frames</source>
        <translation>{0} Bilder</translation>
    </message>
    <message>
        <source>Frames with this look</source>
        <translation>Bilder mit diesem Muster</translation>
    </message>
    <message>
        <source>silhouette {0}</source>
        <translation>Silhouette {0}</translation>
    </message>
    <message>
        <source>How clearly this look is set apart from the others: 1 clearly, 0 not at all</source>
        <translation>Wie klar sich dieses Muster von den anderen abhebt: 1 klar, 0 gar nicht</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Inspector</source>
        <translation>Inspektor</translation>
    </message>
    <message>
        <source>Looks</source>
        <translation>Muster</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Begutachtung</translation>
    </message>
    <message>
        <source>Temporal prototype</source>
        <translation>Zeitlicher Prototyp</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>As they were at first</source>
        <translation>Wie zu Beginn</translation>
    </message>
    <message>
        <source>No video is open</source>
        <translation>Kein Video geöffnet</translation>
    </message>
</context>
<context>
    <name>ManualWindow</name>
    <message>
        <source>Manual</source>
        <translation>Handbuch</translation>
    </message>
    <message>
        <source>Not found in the manual.</source>
        <translation>Im Handbuch nicht gefunden.</translation>
    </message>
    <message>
        <source>Search the manual (Enter: next)</source>
        <translation>Im Handbuch suchen (Enter: weiter)</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>Im Handbuch suchen</translation>
    </message>
    <message>
        <source>Chapters</source>
        <translation>Kapitel</translation>
    </message>
    <message>
        <source>Page of the manual</source>
        <translation>Seite des Handbuchs</translation>
    </message>
</context>
<context>
    <name>MessagePage</name>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>File as camera …</source>
        <translation>Datei als Kamera …</translation>
    </message>
</context>
<context>
    <name>Microphone</name>
    <message>
        <source>Sound cannot be recorded: QtMultimedia or a library it needs is missing</source>
        <translation>Ton kann nicht aufgenommen werden: QtMultimedia oder eine dafür nötige Bibliothek fehlt</translation>
    </message>
    <message>
        <source>The microphone is not there any more; choose another, or record without sound</source>
        <translation>Das Mikrofon ist nicht mehr vorhanden; wählen Sie ein anderes, oder nehmen Sie ohne Ton auf</translation>
    </message>
    <message>
        <source>The microphone cannot be used; another program may hold it</source>
        <translation>Das Mikrofon kann nicht verwendet werden; vielleicht belegt es ein anderes Programm</translation>
    </message>
</context>
<context>
    <name>NeutralRow</name>
    <message>
        <source>The face is neutral from frame</source>
        <translation>Das Gesicht ist neutral von Bild</translation>
    </message>
    <message>
        <source>Every frame is compared with this stretch; without it the program looks for calm frames</source>
        <translation>Jedes Bild wird mit diesem Zeitbereich verglichen; ohne ihn sucht das Programm ruhige Bilder</translation>
    </message>
    <message>
        <source>First frame of the neutral face</source>
        <translation>Erstes Bild des neutralen Gesichts</translation>
    </message>
    <message>
        <source>Last frame of the neutral face</source>
        <translation>Letztes Bild des neutralen Gesichts</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
</context>
<context>
    <name>OverlayBar</name>
    <message>
        <source>X</source>
        <translation>X</translation>
    </message>
    <message>
        <source>Share of the positive relevance shown</source>
        <translation>Gezeigter Anteil der positiven Relevanz</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Opacity of the overlay</source>
        <translation>Deckkraft des Overlays</translation>
    </message>
    <message>
        <source>Top-X, all</source>
        <translation>Top-X, alle</translation>
    </message>
    <message>
        <source>Top-X, one</source>
        <translation>Top-X, eine</translation>
    </message>
    <message>
        <source>Signed, one</source>
        <translation>± Karte, eine</translation>
    </message>
    <message>
        <source>The strongest positive relevance of every active Action Unit</source>
        <translation>Die stärkste positive Relevanz jeder aktiven Action Unit</translation>
    </message>
    <message>
        <source>The strongest positive relevance of the chosen Action Unit</source>
        <translation>Die stärkste positive Relevanz der gewählten Action Unit</translation>
    </message>
    <message>
        <source>Evidence for (red) and against (blue) the chosen Action Unit</source>
        <translation>Evidenz für (rot) und gegen (blau) die gewählte Action Unit</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>Which relevance is drawn over the frame</source>
        <translation>Welche Relevanz über das Bild gezeichnet wird</translation>
    </message>
    <message>
        <source>Prototype</source>
        <translation>Prototyp</translation>
    </message>
    <message>
        <source>Draw the mean map of the look instead of this frame&apos;s own map</source>
        <translation>Die mittlere Karte des Musters statt der dieses Bildes zeichnen</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>Overview of the whole video</source>
        <translation>Übersicht des ganzen Videos</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
</context>
<context>
    <name>PatientDialog</name>
    <message>
        <source>Pseudonym and consent</source>
        <translation>Pseudonym und Einwilligung</translation>
    </message>
    <message>
        <source>for example P-017</source>
        <translation>zum Beispiel P-017</translation>
    </message>
    <message>
        <source>what was agreed to, when, and until when</source>
        <translation>worin wann und bis wann eingewilligt wurde</translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation>Pseudonym</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>Einwilligung</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>The pseudonym stands for the file&apos;s name in the window and in exports. It does not rename the files: the session still knows where its video lies, and what can be seen or heard in the video is not changed. Both are kept in the session, with your name and the time.</source>
        <translation>Das Pseudonym steht im Fenster und in Exporten anstelle des Dateinamens. Die Dateien werden nicht umbenannt: Die Sitzung weiß weiterhin, wo ihr Video liegt, und was im Video zu sehen oder zu hören ist, bleibt unverändert. Beides wird mit Ihrem Namen und der Zeit in der Sitzung gespeichert.</translation>
    </message>
    <message>
        <source>Last changed by {0} on {1} UTC; changed {2} times.</source>
        <translation>Zuletzt geändert von {0} am {1} UTC; {2}-mal geändert.</translation>
    </message>
    <message>
        <source>somebody without a name</source>
        <translation>jemandem ohne Namen</translation>
    </message>
</context>
<context>
    <name>PatternModel</name>
    <message>
        <source>Pattern</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>Sitzungen</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Lift</source>
        <translation>Lift</translation>
    </message>
    <message>
        <source>q</source>
        <translation>q</translation>
    </message>
    <message>
        <source>Stages that follow each other in several sessions; no larger pattern is in as many</source>
        <translation>Abschnitte, die in mehreren Sitzungen aufeinander folgen; keine größere Sequenz kommt in ebenso vielen vor</translation>
    </message>
    <message>
        <source>Sessions that include the pattern</source>
        <translation>Sitzungen, in denen die Sequenz vorkommt</translation>
    </message>
    <message>
        <source>The label that the pattern speaks for most, and how many of its sessions include it</source>
        <translation>Die Kategorie, für die die Sequenz am meisten spricht, und in wie vielen ihrer Sitzungen sie vorkommt</translation>
    </message>
    <message>
        <source>How many times as often under this label as in all sessions</source>
        <translation>Wievielmal so häufig unter dieser Kategorie wie in allen Sitzungen</translation>
    </message>
    <message>
        <source>Fisher&apos;s exact test of this pattern and label, corrected over all patterns and labels (Benjamini and Hochberg); sessions count as independent</source>
        <translation>Exakter Test nach Fisher für diese Sequenz und Kategorie, korrigiert über alle Sequenzen und Kategorien (Benjamini und Hochberg); Sitzungen gelten als unabhängig</translation>
    </message>
    <message>
        <source>no larger pattern is in enough sessions</source>
        <translation>keine größere Sequenz kommt in genügend Sitzungen vor</translation>
    </message>
</context>
<context>
    <name>PatternTable</name>
    <message>
        <source>Patterns</source>
        <translation>Sequenzen</translation>
    </message>
</context>
<context>
    <name>ProblemBanner</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Show the details</source>
        <translation>Die Einzelheiten zeigen</translation>
    </message>
    <message>
        <source>Copy the message and its details</source>
        <translation>Die Meldung und ihre Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message>
        <source>Details of the problem</source>
        <translation>Einzelheiten zum Problem</translation>
    </message>
    <message>
        <source>{0} more</source>
        <translation>{0} weitere</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>Problem</translation>
    </message>
    <message>
        <source>Notice</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>Problems</name>
    <message>
        <source>--batch is {0}; give 1 or more</source>
        <translation>--batch ist {0}; geben Sie mindestens 1 an</translation>
    </message>
    <message>
        <source>--jobs is {0}; give 1 or more</source>
        <translation>--jobs ist {0}; geben Sie 1 oder mehr an</translation>
    </message>
    <message>
        <source>--keep is {0}; give one of {1}</source>
        <translation>--keep ist {0}; geben Sie eines von {1} an</translation>
    </message>
    <message>
        <source>--max-frames is {0}; give 1 or more</source>
        <translation>--max-frames ist {0}; geben Sie mindestens 1 an</translation>
    </message>
    <message>
        <source>--scheduler needs Dask, which is not installed here; in the folder of TPViewer run: pip install &apos;.[cluster]&apos;</source>
        <translation>--scheduler braucht Dask, das hier nicht installiert ist; führen Sie im Ordner von TPViewer aus: pip install &apos;.[cluster]&apos;</translation>
    </message>
    <message>
        <source>--scheduler {0}: no Dask scheduler answers there; start one with `dask scheduler` and give the address that it prints</source>
        <translation>--scheduler {0}: dort antwortet kein Dask-Scheduler; starten Sie einen mit `dask scheduler` und geben Sie die Adresse an, die er ausgibt</translation>
    </message>
    <message>
        <source>AVI keeps no presentation times of such video: seeking is slow</source>
        <translation>AVI enthält für solche Videos keine Anzeigezeiten: Das Springen ist langsam</translation>
    </message>
    <message>
        <source>No sound device was found; connect one and play again</source>
        <translation>Es wurde kein Audiogerät gefunden; schließen Sie eines an, und spielen Sie erneut ab</translation>
    </message>
    <message>
        <source>Sound cannot be played: QtMultimedia or a library it needs (libpulse0) is missing</source>
        <translation>Ton kann nicht wiedergegeben werden: QtMultimedia oder eine dafür nötige Bibliothek (libpulse0) fehlt</translation>
    </message>
    <message>
        <source>The program made an error ({0}). What was done is kept; please report the details.</source>
        <translation>Das Programm hat einen Fehler gemacht ({0}). Erledigtes bleibt erhalten; bitte melden Sie die Einzelheiten.</translation>
    </message>
    <message>
        <source>The sound device cannot be used; another program may hold it</source>
        <translation>Das Audiogerät kann nicht verwendet werden; vielleicht belegt es ein anderes Programm</translation>
    </message>
    <message>
        <source>There is not enough memory. What was done is kept; close other programs and try again.</source>
        <translation>Der Arbeitsspeicher reicht nicht aus. Erledigtes bleibt erhalten; schließen Sie andere Programme, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Top-X needs a percentage over 0 and up to 100, got {0}</source>
        <translation>Top-X braucht einen Prozentwert über 0 und bis 100, nicht {0}</translation>
    </message>
    <message>
        <source>a label cannot be called {0} or {1}; rename its folder</source>
        <translation>eine Kategorie kann nicht {0} oder {1} heißen; benennen Sie ihren Ordner um</translation>
    </message>
    <message>
        <source>a range of frames goes with a video only, not with {0}</source>
        <translation>Ein Bereich von Bildern gehört nur zu einem Video, nicht zu {0}</translation>
    </message>
    <message>
        <source>a reason goes with &apos;not scorable&apos; only</source>
        <translation>Ein Grund gehört nur zu „nicht kodierbar“</translation>
    </message>
    <message>
        <source>a reviewer goes with {0} only, not with {1}</source>
        <translation>Ein Rater gehört nur zu {0}, nicht zu {1}</translation>
    </message>
    <message>
        <source>an intensity is a to e, and only of what is present</source>
        <translation>Eine Intensität reicht von a bis e und gilt nur für Vorhandenes</translation>
    </message>
    <message>
        <source>blink_on must be a probability not under blink_off</source>
        <translation>blink_on muss eine Wahrscheinlichkeit sein, die nicht unter blink_off liegt</translation>
    </message>
    <message>
        <source>damaged, or not a file of Keras 2.14 ({0})</source>
        <translation>beschädigt oder keine Datei von Keras 2.14 ({0})</translation>
    </message>
    <message>
        <source>frame {0} has no map in these clusters; choose frames where the unit is active</source>
        <translation>Bild {0} hat keine Karte in diesen Clustern; wählen Sie Bilder, in denen die Action Unit aktiv ist</translation>
    </message>
    <message>
        <source>frames {0} to {1} are no range of frames 0 to {2}</source>
        <translation>Bilder {0} bis {1} sind kein Bereich der Bilder 0 bis {2}</translation>
    </message>
    <message>
        <source>frames {0} to {1} are no range of frames 0 to {2}; choose at least one</source>
        <translation>Bilder {0} bis {1} sind kein Bereich der Bilder 0 bis {2}; wählen Sie mindestens eines</translation>
    </message>
    <message>
        <source>frames {0}-{1} are no range of this video; choose START-STOP within 0-{2}</source>
        <translation>Bilder {0}-{1} sind kein Bereich dieses Videos; wählen Sie START-STOP innerhalb von 0-{2}</translation>
    </message>
    <message>
        <source>high dynamic range video is shown with 8 bits and without tone mapping</source>
        <translation>Video mit hohem Dynamikumfang (HDR) wird mit 8 Bit und ohne Tonwertanpassung gezeigt</translation>
    </message>
    <message>
        <source>its description cannot be understood ({0})</source>
        <translation>Die Beschreibung ist nicht zu verstehen ({0})</translation>
    </message>
    <message>
        <source>its weights have a link {0} to another place; do not trust this file</source>
        <translation>seine Gewichte enthalten einen Verweis {0} auf einen anderen Ort; vertrauen Sie dieser Datei nicht</translation>
    </message>
    <message>
        <source>its weights have {0} where a group should be</source>
        <translation>seine Gewichte enthalten {0}, wo eine Gruppe stehen sollte</translation>
    </message>
    <message>
        <source>its weights {0} are not plain float32 numbers</source>
        <translation>seine Gewichte {0} sind keine einfachen float32-Zahlen</translation>
    </message>
    <message>
        <source>judgements of {0} would overlap; let the older one give way</source>
        <translation>Urteile zu {0} würden sich überlappen; lassen Sie das ältere weichen</translation>
    </message>
    <message>
        <source>layer &apos;{0}&apos; (BatchNormalization) cannot be folded: it must directly follow a Conv2D or Dense layer that has no activation of its own</source>
        <translation>Die Schicht „{0}“ (BatchNormalization) kann nicht eingerechnet werden: Sie muss unmittelbar auf eine Conv2D- oder Dense-Schicht ohne eigene Aktivierung folgen</translation>
    </message>
    <message>
        <source>layer &apos;{0}&apos; ({1}) has {2} = {3}, which cannot be used{4}</source>
        <translation>Die Schicht „{0}“ ({1}) hat {2} = {3}, was nicht verwendet werden kann{4}</translation>
    </message>
    <message>
        <source>layer &apos;{0}&apos; is not fed by the layer before it alone: only a chain of layers can be used</source>
        <translation>Die Schicht „{0}“ wird nicht allein von der Schicht davor gespeist: Nur eine Kette von Schichten kann verwendet werden</translation>
    </message>
    <message>
        <source>length {0}: a pattern has at least 1 stage</source>
        <translation>Länge {0}: eine Sequenz hat mindestens 1 Abschnitt</translation>
    </message>
    <message>
        <source>look {0} cannot be merged with itself; choose two looks</source>
        <translation>Muster {0} kann nicht mit sich selbst vereinigt werden; wählen Sie zwei Muster</translation>
    </message>
    <message>
        <source>look {0} has a single map; it cannot be split</source>
        <translation>Muster {0} hat nur eine Karte und kann nicht geteilt werden</translation>
    </message>
    <message>
        <source>no Action Unit is chosen; choose at least one, or all by leaving --aus out</source>
        <translation>Es ist keine Action Unit gewählt; wählen Sie mindestens eine, oder alle, indem Sie --aus weglassen</translation>
    </message>
    <message>
        <source>no LRP preset &apos;{0}&apos;; there are: {1}</source>
        <translation>Keine LRP-Voreinstellung „{0}“; es gibt: {1}</translation>
    </message>
    <message>
        <source>no architecture &apos;{0}&apos;; there are: {1}</source>
        <translation>Keine Architektur „{0}“; es gibt: {1}</translation>
    </message>
    <message>
        <source>no face was found in frame {0}, so nothing can be explained in it</source>
        <translation>In Bild {0} wurde kein Gesicht gefunden, darin lässt sich nichts erklären</translation>
    </message>
    <message>
        <source>no frame is chosen; choose the frames whose look is another</source>
        <translation>Es ist kein Bild gewählt; wählen Sie die Bilder, deren Muster ein anderes ist</translation>
    </message>
    <message>
        <source>no region of the face is known for {0}; known are {1}</source>
        <translation>Für {0} ist keine Region des Gesichts bekannt; bekannt sind {1}</translation>
    </message>
    <message>
        <source>no relevance engine &apos;{0}&apos;; there are: {1}</source>
        <translation>Es gibt keine Relevanz-Engine „{0}“; es gibt: {1}</translation>
    </message>
    <message>
        <source>not valid JSON ({0})</source>
        <translation>kein gültiges JSON ({0})</translation>
    </message>
    <message>
        <source>only {0} can be de-identified, not {1}</source>
        <translation>Nur {0} kann de-identifiziert werden, nicht {1}</translation>
    </message>
    <message>
        <source>pool, max_clusters, min_maps and starts of the clustering must be at least 1</source>
        <translation>pool, max_clusters, min_maps und starts des Clusterns müssen mindestens 1 sein</translation>
    </message>
    <message>
        <source>support {0}: a pattern has to be in at least 1 temporal prototype</source>
        <translation>Support {0}: eine Sequenz muss in mindestens 1 zeitlichen Prototyp vorkommen</translation>
    </message>
    <message>
        <source>tau of the clustering is {0}; give an eigenvalue over 0, up to 2</source>
        <translation>tau des Clusterns ist {0}; geben Sie einen Eigenwert über 0 und bis 2 an</translation>
    </message>
    <message>
        <source>the apex has to lie inside the interval</source>
        <translation>Der Apex muss innerhalb des Intervalls liegen</translation>
    </message>
    <message>
        <source>the bundled model is missing: {0}, or name a model with --model</source>
        <translation>Das mitgelieferte Modell fehlt: {0}, oder nennen Sie ein Modell mit --model</translation>
    </message>
    <message>
        <source>the crop of this model has no anchors on the face mesh: no outline can be drawn</source>
        <translation>Der Ausschnitt dieses Modells hat keine Ankerpunkte auf dem Gesichtsnetz: Es kann kein Umriss gezeichnet werden</translation>
    </message>
    <message>
        <source>the file ends early: {0} of {1} frames are there; copy it again if you can</source>
        <translation>Die Datei endet vorzeitig: {0} von {1} Bildern sind vorhanden; kopieren Sie sie erneut, wenn möglich</translation>
    </message>
    <message>
        <source>the file has no frame times: frames are taken to follow each other evenly</source>
        <translation>Die Datei enthält keine Bildzeiten: Es wird angenommen, dass die Bilder gleichmäßig aufeinanderfolgen</translation>
    </message>
    <message>
        <source>the frames of the neutral face cannot be decoded; mark another stretch</source>
        <translation>Die Bilder des neutralen Gesichts können nicht dekodiert werden; markieren Sie einen anderen Zeitbereich</translation>
    </message>
    <message>
        <source>the input has shape {0}, but a fixed (height, width, channels) is needed</source>
        <translation>Die Eingabe hat die Form {0}, nötig ist aber eine feste Form (Höhe, Breite, Kanäle)</translation>
    </message>
    <message>
        <source>the model does not know {0}; it knows {1}</source>
        <translation>Das Modell kennt {0} nicht; es kennt {1}</translation>
    </message>
    <message>
        <source>the model is a {0}, but only Sequential and Functional are loaded</source>
        <translation>Das Modell ist ein {0}, geladen werden aber nur Sequential und Functional</translation>
    </message>
    <message>
        <source>the network has no layers</source>
        <translation>Das Netz hat keine Schichten</translation>
    </message>
    <message>
        <source>the network has {0} outputs, but the card lists {1} Action Units</source>
        <translation>Das Netz hat {0} Ausgaben, die Modellkarte nennt aber {1} Action Units</translation>
    </message>
    <message>
        <source>the network takes input of shape {0}, but the card says {1}</source>
        <translation>Das Netz erwartet Eingaben der Form {0}, die Modellkarte sagt aber {1}</translation>
    </message>
    <message>
        <source>the neutral stretch is {0}-{1}; give START-STOP, the lower first</source>
        <translation>Der neutrale Zeitbereich ist {0}-{1}; geben Sie START-STOP an, den kleineren Wert zuerst</translation>
    </message>
    <message>
        <source>the reviewer has no name; enter one</source>
        <translation>Der Rater hat keinen Namen; geben Sie einen ein</translation>
    </message>
    <message>
        <source>the video does not begin with a key frame: its first frames cannot be decoded</source>
        <translation>Das Video beginnt nicht mit einem Schlüsselbild: Seine ersten Bilder können nicht dekodiert werden</translation>
    </message>
    <message>
        <source>the whole face can only be &apos;not scorable&apos;; choose an Action Unit</source>
        <translation>Das ganze Gesicht kann nur „nicht kodierbar“ sein; wählen Sie eine Action Unit</translation>
    </message>
    <message>
        <source>there are {0} looks already, and no more can be; merge some first</source>
        <translation>Es gibt schon {0} Muster, und mehr sind nicht möglich; vereinigen Sie zuerst welche</translation>
    </message>
    <message>
        <source>there is a judgement with this key already; take a new one</source>
        <translation>Es gibt bereits ein Urteil mit diesem Schlüssel; nehmen Sie einen neuen</translation>
    </message>
    <message>
        <source>there is no change to keep</source>
        <translation>Es gibt keine Änderung zu speichern</translation>
    </message>
    <message>
        <source>there is no frame {0}; frames 0 to {1} were analysed</source>
        <translation>Es gibt kein Bild {0}; analysiert wurden die Bilder 0 bis {1}</translation>
    </message>
    <message>
        <source>there is no look {0}; the looks are {1}</source>
        <translation>Es gibt kein Muster {0}; die Muster sind {1}</translation>
    </message>
    <message>
        <source>there is no profile {0}; the profiles are {1}</source>
        <translation>Es gibt kein Profil {0}; die Profile sind {1}</translation>
    </message>
    <message>
        <source>there is no rater {0}; choose one of {1}</source>
        <translation>Es gibt keinen Rater {0}; wählen Sie einen von {1}</translation>
    </message>
    <message>
        <source>there is no result of {0} that could be edited; analyse it first</source>
        <translation>Es gibt kein Ergebnis zu {0}, das bearbeitet werden könnte; analysieren Sie es zuerst</translation>
    </message>
    <message>
        <source>there is no video that both raters have scored</source>
        <translation>Es gibt kein Video, das beide Rater bewertet haben</translation>
    </message>
    <message>
        <source>these {0} maps are too alike for {1} clusters; ask for at most {2}</source>
        <translation>Diese {0} Karten sind sich zu ähnlich für {1} Cluster; verlangen Sie höchstens {2}</translation>
    </message>
    <message>
        <source>this judgement was changed meanwhile; look at it again</source>
        <translation>Dieses Urteil wurde inzwischen geändert; sehen Sie es sich noch einmal an</translation>
    </message>
    <message>
        <source>threshold of {0} is {1}; give a probability between 0 and 1</source>
        <translation>Die Schwelle von {0} ist {1}; geben Sie eine Wahrscheinlichkeit zwischen 0 und 1 an</translation>
    </message>
    <message>
        <source>{0} and {1} would both be stored as {2}; rename one of them</source>
        <translation>{0} und {1} würden beide als {2} gespeichert; benennen Sie eines davon um</translation>
    </message>
    <message>
        <source>{0} clusters were asked for; ask for at least 1</source>
        <translation>{0} Cluster wurden verlangt; verlangen Sie mindestens 1</translation>
    </message>
    <message>
        <source>{0} clusters were asked for; these {1} maps can be 1 to {2}</source>
        <translation>{0} Cluster wurden verlangt; diese {1} Karten können 1 bis {2} ergeben</translation>
    </message>
    <message>
        <source>{0} frames are no tolerance; give 0 or more</source>
        <translation>{0} Bilder sind keine Toleranz; geben Sie mindestens 0 an</translation>
    </message>
    <message>
        <source>{0} has ended blind coding before</source>
        <translation>{0} hat die verblindete Kodierung bereits beendet</translation>
    </message>
    <message>
        <source>{0} has ended blind coding; judge with the machine shown</source>
        <translation>{0} hat die verblindete Kodierung beendet; urteilen Sie mit sichtbarer Maschine</translation>
    </message>
    <message>
        <source>{0} has no clusters in profile {1}; nothing to change</source>
        <translation>{0} hat keine Cluster im Profil {1}; es gibt nichts zu ändern</translation>
    </message>
    <message>
        <source>{0} has scored {1} frames and {2} {3}; compare what is of the same video</source>
        <translation>{0} hat {1} Bilder bewertet und {2} {3}; vergleichen Sie, was zum selben Video gehört</translation>
    </message>
    <message>
        <source>{0} has {1} = {2}, which cannot be used</source>
        <translation>{0} hat {1} = {2}, was nicht verwendet werden kann</translation>
    </message>
    <message>
        <source>{0} is larger ({1} MiB) than it may be ({2} MiB)</source>
        <translation>{0} ist größer ({1} MiB) als erlaubt ({2} MiB)</translation>
    </message>
    <message>
        <source>{0} is no verdict; choose one of {1}</source>
        <translation>{0} ist kein Urteil; wählen Sie eines von {1}</translation>
    </message>
    <message>
        <source>{0} is not a known Action Unit: known are {1}</source>
        <translation>{0} ist keine bekannte Action Unit: bekannt sind {1}</translation>
    </message>
    <message>
        <source>{0} is not an Action Unit label: write it like AU01</source>
        <translation>{0} ist keine Bezeichnung einer Action Unit: schreiben Sie sie wie AU01</translation>
    </message>
    <message>
        <source>{0} is not an Action Unit number: use 1 to 99</source>
        <translation>{0} ist keine Nummer einer Action Unit: verwenden Sie 1 bis 99</translation>
    </message>
    <message>
        <source>{0} of the timeline is {1}; give 0 or more</source>
        <translation>{0} der Zeitachse ist {1}; geben Sie mindestens 0 an</translation>
    </message>
    <message>
        <source>{0} of {1} frames cannot be decoded (first: frame {2}); those after them may look damaged up to the next key frame</source>
        <translation>{0} von {1} Bildern können nicht dekodiert werden (zuerst: Bild {2}); die danach können bis zum nächsten Schlüsselbild beschädigt aussehen</translation>
    </message>
    <message>
        <source>{0} s is no working time; give 0 or more</source>
        <translation>{0} s sind keine Arbeitszeit; geben Sie mindestens 0 an</translation>
    </message>
    <message>
        <source>{0}, line {1}: behaviour {2} names no Action Unit and was left out</source>
        <translation>{0}, Zeile {1}: Das Verhalten {2} nennt keine Action Unit und wurde ausgelassen</translation>
    </message>
    <message>
        <source>{0}, line {1}: start or stop is missing; the event was left out</source>
        <translation>{0}, Zeile {1}: Beginn oder Ende fehlt; das Ereignis wurde ausgelassen</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2} is not the number of an Action Unit and its intensity from 0 to 5</source>
        <translation>{0}, Zeile {1}: {2} ist nicht die Nummer einer Action Unit und ihre Intensität von 0 bis 5</translation>
    </message>
    <message>
        <source>{0}, line {1}: {2} is {3}, no number; correct or empty it</source>
        <translation>{0}, Zeile {1}: {2} ist {3}, keine Zahl; berichtigen oder leeren Sie das Feld</translation>
    </message>
    <message>
        <source>{0}: a file of the program is missing; install TPViewer again</source>
        <translation>{0}: Eine Datei des Programms fehlt; installieren Sie TPViewer erneut</translation>
    </message>
    <message>
        <source>{0}: a {1} is {2}; change the name</source>
        <translation>{0}: ein {1} ist {2}; ändern Sie den Namen</translation>
    </message>
    <message>
        <source>{0}: analysed with another model ({1}) than {2}; choose that model, or analyse again with this one</source>
        <translation>{0}: mit einem anderen Modell ({1}) analysiert als {2}; wählen Sie jenes Modell, oder analysieren Sie mit diesem erneut</translation>
    </message>
    <message>
        <source>{0}: cannot be deleted ({1}); close other programs that use it, and check that its folder may be written to</source>
        <translation>{0}: kann nicht gelöscht werden ({1}); schließen Sie andere Programme, die die Datei verwenden, und prüfen Sie, ob in ihren Ordner geschrieben werden darf</translation>
    </message>
    <message>
        <source>{0}: cannot be looked into ({1}); check that you may read it</source>
        <translation>{0}: kann nicht durchsucht werden ({1}); prüfen Sie, ob Sie den Ordner lesen dürfen</translation>
    </message>
    <message>
        <source>{0}: cannot be opened ({1}); check that you may read it, or copy it elsewhere</source>
        <translation>{0}: kann nicht geöffnet werden ({1}); prüfen Sie, ob Sie die Datei lesen dürfen, oder kopieren Sie sie an einen anderen Ort</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1}); check that you may read it</source>
        <translation>{0}: kann nicht gelesen werden ({1}); prüfen Sie, ob Sie Leserechte haben</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1}); check the path</source>
        <translation>{0}: kann nicht gelesen werden ({1}); prüfen Sie den Pfad</translation>
    </message>
    <message>
        <source>{0}: cannot be read ({1}); make it with `tpviewer corpus DIR -o {2}`</source>
        <translation>{0}: kann nicht gelesen werden ({1}); erzeugen Sie die Datei mit `tpviewer corpus DIR -o {2}`</translation>
    </message>
    <message>
        <source>{0}: cannot be read as a table ({1}); write it again with the program that it is from</source>
        <translation>{0}: kann nicht als Tabelle gelesen werden ({1}); schreiben Sie die Datei erneut mit dem Programm, aus dem sie stammt</translation>
    </message>
    <message>
        <source>{0}: cannot be recorded to ({1}); choose another folder</source>
        <translation>{0}: Dorthin kann nicht aufgenommen werden ({1}); wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1}); choose another place</source>
        <translation>{0}: kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ort</translation>
    </message>
    <message>
        <source>{0}: cannot be written ({1}); make room, or choose another folder with -o</source>
        <translation>{0}: kann nicht geschrieben werden ({1}); schaffen Sie Platz, oder wählen Sie mit -o einen anderen Ordner</translation>
    </message>
    <message>
        <source>{0}: damaged (it holds no relevance map of frame {1}); analyse the video again</source>
        <translation>{0}: beschädigt (enthält keine Relevanzkarte von Bild {1}); analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: damaged, or not analysed to the end (it holds no &apos;{1}&apos;); analyse the video again</source>
        <translation>{0}: beschädigt oder nicht zu Ende analysiert (enthält kein &apos;{1}&apos;); analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: damaged, or not written by TPViewer ({1}: {2}); restore a copy, or analyse the video again into a new file</source>
        <translation>{0}: beschädigt oder nicht von TPViewer geschrieben ({1}: {2}); stellen Sie eine Kopie wieder her, oder analysieren Sie das Video in eine neue Datei</translation>
    </message>
    <message>
        <source>{0}: frame {1} cannot be decoded</source>
        <translation>{0}: Bild {1} kann nicht dekodiert werden</translation>
    </message>
    <message>
        <source>{0}: frame {1} has a face but no alignment; analyse the video again</source>
        <translation>{0}: Bild {1} hat ein Gesicht, aber keine Ausrichtung; analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: has neither &apos;timestamp&apos; nor &apos;frame&apos;; analyse the video with FeatureExtraction</source>
        <translation>{0}: enthält weder &apos;timestamp&apos; noch &apos;frame&apos;; analysieren Sie das Video mit FeatureExtraction</translation>
    </message>
    <message>
        <source>{0}: has no column {1}; export the observation from BORIS as aggregated events</source>
        <translation>{0}: enthält keine Spalte {1}; exportieren Sie die Beobachtung aus BORIS als „aggregated events“</translation>
    </message>
    <message>
        <source>{0}: has no joint letters; `tpviewer corpus` gives them, or take its own letters</source>
        <translation>{0}: hat keine gemeinsamen Buchstaben; `tpviewer corpus` vergibt sie, oder nehmen Sie die eigenen Buchstaben</translation>
    </message>
    <message>
        <source>{0}: has no line of a frame; analyse the video again</source>
        <translation>{0}: enthält keine Zeile zu einem Bild; analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: has no line with a &apos;frame&apos;; write it with Fex.to_csv of what detect_video gave</source>
        <translation>{0}: enthält keine Zeile mit &apos;frame&apos;; schreiben Sie die Datei mit Fex.to_csv aus dem Ergebnis von detect_video</translation>
    </message>
    <message>
        <source>{0}: holds no results named {1}; it holds {2}</source>
        <translation>{0}: enthält keine Ergebnisse namens {1}, sondern {2}</translation>
    </message>
    <message>
        <source>{0}: holds no session; analyse its videos, or choose another folder</source>
        <translation>{0}: enthält keine Sitzung; analysieren Sie die Videos darin, oder wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>{0}: holds no video and no results yet; open the video itself and analyse it</source>
        <translation>{0}: enthält noch kein Video und keine Ergebnisse; öffnen Sie das Video selbst, und analysieren Sie es</translation>
    </message>
    <message>
        <source>{0}: holds views or triggers, which could run instead of what TPViewer asks for and are in no session that it wrote; do not trust this file</source>
        <translation>{0}: enthält Views oder Trigger, die anstelle dessen laufen könnten, was TPViewer abfragt, und die in keiner von TPViewer geschriebenen Sitzung stehen; vertrauen Sie dieser Datei nicht</translation>
    </message>
    <message>
        <source>{0}: holds {1} files *{2}, a sequence has one; remove the others</source>
        <translation>{0}: enthält {1} Dateien *{2}, eine Sequenz hat eine; entfernen Sie die anderen</translation>
    </message>
    <message>
        <source>{0}: holds {1}, not the number of an emotion, 0 to {2}; take the file from the data set again, or remove it if the sequence has no label</source>
        <translation>{0}: enthält {1}, nicht die Nummer einer Emotion, 0 bis {2}; holen Sie die Datei noch einmal aus dem Datensatz, oder entfernen Sie sie, wenn die Sequenz keine Kategorie hat</translation>
    </message>
    <message>
        <source>{0}: holds {1}, which can run code; a package has {2} and {3} only</source>
        <translation>{0}: enthält {1}, was Code ausführen kann; ein Paket enthält nur {2} und {3}</translation>
    </message>
    <message>
        <source>{0}: image {1} cannot be read; check that it opens in an image viewer</source>
        <translation>{0}: Bild {1} kann nicht gelesen werden; prüfen Sie, ob es sich in einem Bildbetrachter öffnen lässt</translation>
    </message>
    <message>
        <source>{0}: is a damaged file of ELAN ({1}); open it in ELAN and save it again</source>
        <translation>{0}: ist eine beschädigte ELAN-Datei ({1}); öffnen Sie sie in ELAN, und speichern Sie sie erneut</translation>
    </message>
    <message>
        <source>{0}: is no file of a rater; give a table of OpenFace (AU12_r, AU12_c) or py-feat (AU12), an .eaf of ELAN, or aggregated events of BORIS</source>
        <translation>{0}: ist keine Datei eines Raters; geben Sie eine Tabelle von OpenFace (AU12_r, AU12_c) oder py-feat (AU12), eine .eaf-Datei von ELAN oder „aggregated events“ von BORIS an</translation>
    </message>
    <message>
        <source>{0}: is no sequence of CK+, which are named like S005/001; rename or remove it</source>
        <translation>{0}: ist keine Sequenz von CK+, die Namen wie S005/001 haben; benennen Sie sie um, oder entfernen Sie sie</translation>
    </message>
    <message>
        <source>{0}: is no text; give a file that OpenFace, py-feat, ELAN or BORIS wrote</source>
        <translation>{0}: ist kein Text; geben Sie eine Datei an, die OpenFace, py-feat, ELAN oder BORIS geschrieben hat</translation>
    </message>
    <message>
        <source>{0}: is not named like the frames of its sequence ({1}_00000001.png); rename or remove it</source>
        <translation>{0}: heißt nicht wie die Bilder seiner Sequenz ({1}_00000001.png); benennen Sie es um, oder entfernen Sie es</translation>
    </message>
    <message>
        <source>{0}: its parameters are of another version of TPViewer; analyse the video again</source>
        <translation>{0}: Die Parameter stammen aus einer anderen Version von TPViewer; analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: its sound cannot be read; check that the file is still there</source>
        <translation>{0}: Der Ton kann nicht gelesen werden; prüfen Sie, ob die Datei noch vorhanden ist</translation>
    </message>
    <message>
        <source>{0}: its times are in {1}; save it with a newer ELAN, in milliseconds</source>
        <translation>{0}: Die Zeiten sind in {1} angegeben; speichern Sie die Datei mit einem neueren ELAN in Millisekunden</translation>
    </message>
    <message>
        <source>{0}: larger ({1} MiB) than it may be ({2} MiB)</source>
        <translation>{0}: größer ({1} MiB) als erlaubt ({2} MiB)</translation>
    </message>
    <message>
        <source>{0}: no behaviour names an Action Unit; name behaviours like AU12 in the ethogram</source>
        <translation>{0}: Kein Verhalten nennt eine Action Unit; benennen Sie Verhaltensweisen im Ethogramm wie AU12</translation>
    </message>
    <message>
        <source>{0}: no corpus file of this program ({1}); run `tpviewer corpus` again</source>
        <translation>{0}: keine Korpusdatei dieses Programms ({1}); führen Sie `tpviewer corpus` erneut aus</translation>
    </message>
    <message>
        <source>{0}: no face is seen in frames {1} to {2}, which are marked as the neutral face; mark others (frames 0 to {3} are analysed)</source>
        <translation>{0}: In den Bildern {1} bis {2}, die als neutrales Gesicht markiert sind, ist kein Gesicht zu sehen; markieren Sie andere (analysiert sind die Bilder 0 bis {3})</translation>
    </message>
    <message>
        <source>{0}: no image can be read; check that it opens in an image viewer</source>
        <translation>{0}: Kein Bild kann gelesen werden; prüfen Sie, ob es sich in einem Bildbetrachter öffnen lässt</translation>
    </message>
    <message>
        <source>{0}: no known truth of a rendered video ({1}); render it again with `tpviewer phantom`</source>
        <translation>{0}: keine bekannte Wahrheit eines gerenderten Videos ({1}); rendern Sie es erneut mit `tpviewer phantom`</translation>
    </message>
    <message>
        <source>{0}: no line has a time; analyse the video again with FeatureExtraction</source>
        <translation>{0}: Keine Zeile enthält eine Zeit; analysieren Sie das Video erneut mit FeatureExtraction</translation>
    </message>
    <message>
        <source>{0}: no sequence was found in it; check --layout, here {1}</source>
        <translation>{0}: darin wurde keine Sequenz gefunden; prüfen Sie --layout, hier {1}</translation>
    </message>
    <message>
        <source>{0}: no such file or folder; check the name</source>
        <translation>{0}: keine solche Datei und kein solcher Ordner; prüfen Sie den Namen</translation>
    </message>
    <message>
        <source>{0}: no such file or folder; check the name, or its drive</source>
        <translation>{0}: keine solche Datei und kein solcher Ordner; prüfen Sie den Namen oder das Laufwerk</translation>
    </message>
    <message>
        <source>{0}: no such session file; check the name</source>
        <translation>{0}: keine solche Sitzungsdatei; prüfen Sie den Namen</translation>
    </message>
    <message>
        <source>{0}: no such session file; it may have been moved or deleted already</source>
        <translation>{0}: keine solche Sitzungsdatei; sie wurde vielleicht schon verschoben oder gelöscht</translation>
    </message>
    <message>
        <source>{0}: no tier and no annotation names an Action Unit; name tiers like AU12, or write values like 12C{1}</source>
        <translation>{0}: Kein Tier und keine Annotation nennt eine Action Unit; benennen Sie Tiers wie AU12, oder schreiben Sie Werte wie 12C{1}</translation>
    </message>
    <message>
        <source>{0}: no times in them; frames of the same number are compared, as of one video</source>
        <translation>{0}: keine Zeiten darin; Bilder gleicher Nummer werden verglichen, als gehörten sie zu einem Video</translation>
    </message>
    <message>
        <source>{0}: not a TPViewer session; choose a .tpv file</source>
        <translation>{0}: keine Sitzung von TPViewer; wählen Sie eine .tpv-Datei</translation>
    </message>
    <message>
        <source>{0}: not a model package, {1} is missing</source>
        <translation>{0}: kein Modellpaket, {1} fehlt</translation>
    </message>
    <message>
        <source>{0}: not a model package, {1} {2}</source>
        <translation>{0}: kein Modellpaket, {1} {2}</translation>
    </message>
    <message>
        <source>{0}: not a readable zip ({1}); give a folder or zip of a model package</source>
        <translation>{0}: keine lesbare zip-Datei ({1}); geben Sie einen Ordner oder eine zip-Datei eines Modellpakets an</translation>
    </message>
    <message>
        <source>{0}: not a session (.tpv), so it is not deleted</source>
        <translation>{0}: keine Sitzung (.tpv) und wird deshalb nicht gelöscht</translation>
    </message>
    <message>
        <source>{0}: not a session or damaged ({1}); restore a copy, or move it away and analyse the video again</source>
        <translation>{0}: keine Sitzung oder beschädigt ({1}); stellen Sie eine Kopie wieder her, oder verschieben Sie die Datei, und analysieren Sie das Video erneut</translation>
    </message>
    <message>
        <source>{0}: not a session or damaged ({1}: {2}); restore a copy, or analyse the video again into a new file</source>
        <translation>{0}: keine Sitzung oder beschädigt ({1}: {2}); stellen Sie eine Kopie wieder her, oder analysieren Sie das Video erneut in eine neue Datei</translation>
    </message>
    <message>
        <source>{0}: not one frame can be decoded; convert it to MP4 (H.264)</source>
        <translation>{0}: Kein einziges Bild kann dekodiert werden; wandeln Sie das Video in MP4 (H.264) um</translation>
    </message>
    <message>
        <source>{0}: not one frame can be decoded; the file is damaged or its codec ({1}) is not supported: convert it to MP4 (H.264)</source>
        <translation>{0}: Kein einziges Bild kann dekodiert werden; die Datei ist beschädigt, oder ihr Codec ({1}) wird nicht unterstützt: Wandeln Sie sie in MP4 (H.264) um</translation>
    </message>
    <message>
        <source>{0}: not the video that {1} was made from; choose the right one, or open this video for itself</source>
        <translation>{0}: nicht das Video, aus dem {1} entstand; wählen Sie das richtige, oder öffnen Sie dieses Video für sich</translation>
    </message>
    <message>
        <source>{0}: not the video that {1} was made from; give the right one with --video</source>
        <translation>{0}: nicht das Video, aus dem {1} entstand; geben Sie das richtige mit --video an</translation>
    </message>
    <message>
        <source>{0}: numbers frames and has no times, the other files have times only; compare them together with the session of the video</source>
        <translation>{0}: zählt Bilder und enthält keine Zeiten, die anderen Dateien enthalten nur Zeiten; vergleichen Sie sie zusammen mit der Sitzung des Videos</translation>
    </message>
    <message>
        <source>{0}: only the prototypes of the relevance maps were kept, and this needs the maps; analyse the video again with other relevance maps kept (--keep spread, or in the settings)</source>
        <translation>{0}: von den Relevanzkarten wurden nur die Prototypen aufbewahrt, hierfür werden die Karten gebraucht; analysieren Sie das Video erneut und bewahren Sie andere Relevanzkarten auf (--keep spread, oder in den Einstellungen)</translation>
    </message>
    <message>
        <source>{0}: stopped; nothing was written</source>
        <translation>{0}: abgebrochen; es wurde nichts geschrieben</translation>
    </message>
    <message>
        <source>{0}: the analysis is not finished; let it finish, then edit its clusters</source>
        <translation>{0}: Die Analyse ist nicht abgeschlossen; lassen Sie sie zu Ende laufen, und bearbeiten Sie dann ihre Cluster</translation>
    </message>
    <message>
        <source>{0}: the analysis is not finished; run the same `tpviewer analyze` again, it goes on where it stopped</source>
        <translation>{0}: Die Analyse ist nicht abgeschlossen; starten Sie dasselbe `tpviewer analyze` erneut, es setzt dort fort, wo es anhielt</translation>
    </message>
    <message>
        <source>{0}: the decoder stopped unexpectedly at this file ({1}); it may be damaged: copy it again, or convert it to MP4 (H.264)</source>
        <translation>{0}: der Decoder wurde bei dieser Datei unerwartet beendet ({1}); sie ist vielleicht beschädigt: kopieren Sie sie erneut, oder wandeln Sie sie in MP4 (H.264) um</translation>
    </message>
    <message>
        <source>{0}: the face was not followed yet; analyse the video first</source>
        <translation>{0}: Das Gesicht wurde noch nicht verfolgt; analysieren Sie zuerst das Video</translation>
    </message>
    <message>
        <source>{0}: the file holds sound but no video; choose a file with a picture</source>
        <translation>{0}: Die Datei enthält Ton, aber kein Video; wählen Sie eine Datei mit Bild</translation>
    </message>
    <message>
        <source>{0}: the file is empty (0 bytes); copy or record it again</source>
        <translation>{0}: Die Datei ist leer (0 Byte); kopieren Sie sie erneut, oder nehmen Sie erneut auf</translation>
    </message>
    <message>
        <source>{0}: the file is empty; take it from the data set again</source>
        <translation>{0}: die Datei ist leer; holen Sie sie noch einmal aus dem Datensatz</translation>
    </message>
    <message>
        <source>{0}: the file name {1} points outside the package; do not trust this file</source>
        <translation>{0}: Der Dateiname {1} zeigt aus dem Paket hinaus; vertrauen Sie dieser Datei nicht</translation>
    </message>
    <message>
        <source>{0}: the folder does not exist; create it or choose another</source>
        <translation>{0}: Der Ordner existiert nicht; legen Sie ihn an, oder wählen Sie einen anderen</translation>
    </message>
    <message>
        <source>{0}: the model package cannot be read ({1})</source>
        <translation>{0}: Das Modellpaket kann nicht gelesen werden ({1})</translation>
    </message>
    <message>
        <source>{0}: the neutral face is not known yet; analyse the video first</source>
        <translation>{0}: Das neutrale Gesicht ist noch nicht bekannt; analysieren Sie zuerst das Video</translation>
    </message>
    <message>
        <source>{0}: the queue cannot be kept for the next start ({1}); free some space, or check that the folder may be written to</source>
        <translation>{0}: Die Warteschlange kann nicht für den nächsten Start gespeichert werden ({1}); schaffen Sie Platz, oder prüfen Sie, ob in den Ordner geschrieben werden darf</translation>
    </message>
    <message>
        <source>{0}: the queue cannot be read ({1}); it begins anew</source>
        <translation>{0}: Die Warteschlange kann nicht gelesen werden ({1}); sie beginnt neu</translation>
    </message>
    <message>
        <source>{0}: the queue is damaged; it begins anew</source>
        <translation>{0}: Die Warteschlange ist beschädigt; sie beginnt neu</translation>
    </message>
    <message>
        <source>{0}: the session cannot be copied there ({1}); check that the shared folder can be reached and has room</source>
        <translation>{0}: die Sitzung kann nicht dorthin kopiert werden ({1}); prüfen Sie, ob der gemeinsame Ordner erreichbar ist und Platz hat</translation>
    </message>
    <message>
        <source>{0}: the tables cannot be written ({1}); choose another folder</source>
        <translation>{0}: die Tabellen können nicht geschrieben werden ({1}); wählen Sie einen anderen Ordner</translation>
    </message>
    <message>
        <source>{0}: the video cannot be written ({1}); choose another folder or free some space</source>
        <translation>{0}: Das Video kann nicht geschrieben werden ({1}); wählen Sie einen anderen Ordner, oder schaffen Sie Platz</translation>
    </message>
    <message>
        <source>{0}: the video has no frames; it may have been cut off while recording</source>
        <translation>{0}: Das Video enthält keine Bilder; vielleicht wurde die Aufnahme abgebrochen</translation>
    </message>
    <message>
        <source>{0}: the video of {1} is not there; open it and say where it is</source>
        <translation>{0}: Das Video von {1} ist nicht vorhanden; öffnen Sie die Sitzung, und geben Sie an, wo es liegt</translation>
    </message>
    <message>
        <source>{0}: the video of {1} is not there; say where it lies with --video</source>
        <translation>{0}: Das Video von {1} ist nicht vorhanden; geben Sie mit --video an, wo es liegt</translation>
    </message>
    <message>
        <source>{0}: there is no face {1}; this video has faces 0 to {2} (0 is the first to appear)</source>
        <translation>{0}: Es gibt kein Gesicht {1}; dieses Video hat die Gesichter 0 bis {2} (0 erscheint zuerst)</translation>
    </message>
    <message>
        <source>{0}: there is no image ({1}) in it; choose the folder with the frames</source>
        <translation>{0}: Es enthält kein Bild ({1}); wählen Sie den Ordner mit den Bildern</translation>
    </message>
    <message>
        <source>{0}: there is no image of this sequence; take them from the data set again</source>
        <translation>{0}: von dieser Sequenz ist kein Bild da; holen Sie die Bilder noch einmal aus dem Datensatz</translation>
    </message>
    <message>
        <source>{0}: there is no model package; give a folder or zip with {1} and {2}</source>
        <translation>{0}: Dort ist kein Modellpaket; geben Sie einen Ordner oder eine zip-Datei mit {1} und {2} an</translation>
    </message>
    <message>
        <source>{0}: there is no such file or folder; check the name</source>
        <translation>{0}: Diese Datei oder diesen Ordner gibt es nicht; prüfen Sie den Namen</translation>
    </message>
    <message>
        <source>{0}: there is no such folder; check the name</source>
        <translation>{0}: diesen Ordner gibt es nicht; prüfen Sie den Namen</translation>
    </message>
    <message>
        <source>{0}: there is no such folder; give the folder that holds {1}, {2} and {3}</source>
        <translation>{0}: diesen Ordner gibt es nicht; geben Sie den Ordner an, der {1}, {2} und {3} enthält</translation>
    </message>
    <message>
        <source>{0}: there is such a file already; choose another name</source>
        <translation>{0}: Eine solche Datei gibt es bereits; wählen Sie einen anderen Namen</translation>
    </message>
    <message>
        <source>{0}: this folder of sessions is not there; check its drive, or remove it</source>
        <translation>{0}: Dieser Ordner mit Sitzungen ist nicht vorhanden; prüfen Sie das Laufwerk, oder entfernen Sie ihn</translation>
    </message>
    <message>
        <source>{0}: this image is {1} x {2} pixels, the others are {3} x {4}; images of one sequence must have one size</source>
        <translation>{0}: Dieses Bild hat {1} x {2} Pixel, die anderen haben {3} x {4}; die Bilder einer Folge müssen gleich groß sein</translation>
    </message>
    <message>
        <source>{0}: this is not a video that can be read; it may be damaged, cut off, or of another kind; copy it again or convert it to MP4</source>
        <translation>{0}: kein lesbares Video; es ist vielleicht beschädigt, abgeschnitten oder von anderer Art; kopieren Sie es erneut, oder wandeln Sie es in MP4 um</translation>
    </message>
    <message>
        <source>{0}: this is not a video; choose a video file, an image or a folder of images</source>
        <translation>{0}: kein Video; wählen Sie eine Videodatei, ein Bild oder einen Ordner mit Bildern</translation>
    </message>
    <message>
        <source>{0}: this is the video itself; choose another name for the export</source>
        <translation>{0}: Dies ist das Video selbst; wählen Sie einen anderen Namen für den Export</translation>
    </message>
    <message>
        <source>{0}: this session belongs to another video ({1}); choose another name or folder with -o</source>
        <translation>{0}: Diese Sitzung gehört zu einem anderen Video ({1}); wählen Sie mit -o einen anderen Namen oder Ordner</translation>
    </message>
    <message>
        <source>{0}: this video has no sound that can be played</source>
        <translation>{0}: Dieses Video hat keinen Ton, der wiedergegeben werden kann</translation>
    </message>
    <message>
        <source>{0}: this would leave the clusters as they are; choose another change</source>
        <translation>{0}: Dies ließe die Cluster, wie sie sind; wählen Sie eine andere Änderung</translation>
    </message>
    <message>
        <source>{0}: tier {1}, annotation {2}: there is no time slot {3}; open it in ELAN and save it again</source>
        <translation>{0}: Tier {1}, Annotation {2}: Es gibt keinen Zeitpunkt {3}; öffnen Sie die Datei in ELAN, und speichern Sie sie erneut</translation>
    </message>
    <message>
        <source>{0}: tier {1}, {2} s: ends before it begins</source>
        <translation>{0}: Tier {1}, {2} s: endet vor dem Beginn</translation>
    </message>
    <message>
        <source>{0}: time slot {1} has the time {2}; open it in ELAN and save it again</source>
        <translation>{0}: Der Zeitpunkt {1} hat die Zeit {2}; öffnen Sie die Datei in ELAN, und speichern Sie sie erneut</translation>
    </message>
    <message>
        <source>{0}: write Action Units with or without a look, for example AU04 then AU06_A</source>
        <translation>{0}: schreiben Sie Action Units mit oder ohne Muster, zum Beispiel AU04 then AU06_A</translation>
    </message>
    <message>
        <source>{0}: written by a newer TPViewer (format {1}, this program reads up to {2}); update TPViewer, the file was left untouched</source>
        <translation>{0}: von einem neueren TPViewer geschrieben (Format {1}, dieses Programm liest bis {2}); aktualisieren Sie TPViewer, die Datei blieb unverändert</translation>
    </message>
    <message>
        <source>{0}: {1} has not reviewed it; {2}</source>
        <translation>{0}: {1} hat sie nicht begutachtet; {2}</translation>
    </message>
</context>
<context>
    <name>PrototypePanel</name>
    <message>
        <source>Copy notation</source>
        <translation>Notation kopieren</translation>
    </message>
    <message>
        <source>As the paper writes it:  (NONE) → (AU02_A)</source>
        <translation>Wie im Paper:  (NONE) → (AU02_A)</translation>
    </message>
    <message>
        <source>In ASCII:  (NONE) -&gt; (AU02_A)</source>
        <translation>In ASCII:  (NONE) -&gt; (AU02_A)</translation>
    </message>
    <message>
        <source>Copy the temporal prototype as text, in the paper&apos;s notation</source>
        <translation>Den zeitlichen Prototyp als Text in der Notation des Papers kopieren</translation>
    </message>
    <message>
        <source>Temporal prototype</source>
        <translation>Zeitlicher Prototyp</translation>
    </message>
    <message>
        <source>{0} frames → {1} stages (reduction {2}), {3} distinct  ·  profile {4}</source>
        <translation>{0} Bilder → {1} Abschnitte (Reduktion {2}), {3} verschiedene  ·  Profil {4}</translation>
    </message>
    <message>
        <source>  ·  {0} results</source>
        <translation>  ·  Ergebnisse: {0}</translation>
    </message>
    <message>
        <source>  ·  {0} frames without a face are not counted</source>
        <translation>  ·  {0} Bilder ohne Gesicht nicht gezählt</translation>
    </message>
    <message>
        <source>  ·  with your edits of looks</source>
        <translation>  ·  mit Ihren Änderungen der Muster</translation>
    </message>
    <message>
        <source>The temporal prototype appears here once a video has been analysed.</source>
        <translation>Der zeitliche Prototyp erscheint hier, sobald ein Video analysiert ist.</translation>
    </message>
    <message>
        <source>The machine is hidden until you commit.</source>
        <translation>Die Maschine ist verborgen, bis Sie abschließen.</translation>
    </message>
    <message>
        <source>Stages come when all frames have been explained and clustered.</source>
        <translation>Abschnitte erscheinen, wenn alle Bilder erklärt und geclustert sind.</translation>
    </message>
    <message>
        <source>This result has no stages.</source>
        <translation>Dieses Ergebnis hat keine Abschnitte.</translation>
    </message>
    <message>
        <source>Stage {0} of {1}: {2}</source>
        <translation>Abschnitt {0} von {1}: {2}</translation>
    </message>
    <message>
        <source>frames {0}–{1}, {2:.2f}–{3:.2f} s</source>
        <translation>Bilder {0}–{1}, {2:.2f}–{3:.2f} s</translation>
    </message>
    <message>
        <source>purity {0:.2f}: share of its frames with exactly this set</source>
        <translation>Reinheit {0:.2f}: Anteil seiner Bilder mit genau dieser Menge</translation>
    </message>
    <message>
        <source>{0} {1}, look {2}</source>
        <translation>{0} {1}, Muster {2}</translation>
    </message>
    <message>
        <source>Click to go there, double click to loop it</source>
        <translation>Klicken, um dorthin zu gehen, doppelt klicken, um zu wiederholen</translation>
    </message>
    <message>
        <source>, grounding {0}</source>
        <translation>, Verortung {0}</translation>
    </message>
    <message>
        <source>  {0} the network looks elsewhere</source>
        <translation>  {0} Das Netz blickt auf eine andere Stelle</translation>
    </message>
</context>
<context>
    <name>QtCamera</name>
    <message>
        <source>TPViewer may not use the camera. Allow it in the system&apos;s privacy settings.</source>
        <translation>TPViewer darf die Kamera nicht verwenden. Erlauben Sie es in den Datenschutzeinstellungen des Systems.</translation>
    </message>
    <message>
        <source>{0} cannot be used ({1}). Another program may be using it: close that program and try again.</source>
        <translation>{0} kann nicht verwendet werden ({1}). Vielleicht nutzt sie ein anderes Programm: Schließen Sie es, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>{0} was unplugged. Plug it in again, then try again.</source>
        <translation>{0} wurde getrennt. Schließen Sie sie wieder an, und versuchen Sie es erneut.</translation>
    </message>
</context>
<context>
    <name>QualityLane</name>
    <message>
        <source>Turn of the head and quality of the face</source>
        <translation>Drehung des Kopfes und Güte des Gesichts</translation>
    </message>
    <message>
        <source>Head, quality</source>
        <translation>Kopf, Güte</translation>
    </message>
    <message>
        <source>yaw ±45°</source>
        <translation>Drehung ±45°</translation>
    </message>
    <message>
        <source>not analysed yet</source>
        <translation>noch nicht analysiert</translation>
    </message>
    <message>
        <source>no face in this frame</source>
        <translation>kein Gesicht in diesem Bild</translation>
    </message>
    <message>
        <source>yaw {yaw:+.0f}° · detector {score:.2f} · sharpness {sharp:.2f}</source>
        <translation>Drehung {yaw:+.0f}° · Detektor {score:.2f} · Schärfe {sharp:.2f}</translation>
    </message>
    <message>
        <source>Line: yaw, 0° in the middle, shaded beyond ±30°
Area at the lower edge: detector&apos;s score times sharpness; high is good</source>
        <translation>Linie: Drehung, 0° in der Mitte, jenseits ±30° getönt
Fläche am unteren Rand: Güte des Detektors mal Schärfe; hoch ist gut</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Clear what is done</source>
        <translation>Erledigtes entfernen</translation>
    </message>
    <message>
        <source>More of the queue</source>
        <translation>Mehr zur Warteschlange</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Queue {0} / {1}</source>
        <translation>Warteschlange {0} / {1}</translation>
    </message>
    <message>
        <source>Queue paused, {0} wait</source>
        <translation>Warteschlange angehalten, {0} warten</translation>
    </message>
    <message>
        <source>, {0} failed</source>
        <translation>, {0} fehlgeschlagen</translation>
    </message>
    <message>
        <source>One video after the other. What you analyse by hand goes first; then the queue goes on.</source>
        <translation>Ein Video nach dem anderen. Was Sie von Hand analysieren, geht vor; danach geht es weiter.</translation>
    </message>
    <message>
        <source>Go on with the queue</source>
        <translation>Warteschlange fortsetzen</translation>
    </message>
    <message>
        <source>Stop after the frames in hand; what is done is kept, and it goes on from there</source>
        <translation>Nach den laufenden Bildern anhalten; Erledigtes bleibt erhalten, und von dort geht es weiter</translation>
    </message>
    <message>
        <source>Pause the queue</source>
        <translation>Warteschlange anhalten</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Analyse again</source>
        <translation>Erneut analysieren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>To the top</source>
        <translation>Ganz nach oben</translation>
    </message>
    <message>
        <source>Remove from the queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
</context>
<context>
    <name>RaterChoice</name>
    <message>
        <source> frames</source>
        <translation> Bilder</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>Referenz</translation>
    </message>
    <message>
        <source>against it</source>
        <translation>gegen</translation>
    </message>
    <message>
        <source>Same event within</source>
        <translation>Gleiches Ereignis innerhalb</translation>
    </message>
    <message>
        <source>Taken as the truth for precision and recall; kappa and F1 do not depend on it</source>
        <translation>Gilt als Wahrheit für Precision und Recall; Kappa und F1 hängen nicht davon ab</translation>
    </message>
    <message>
        <source>Compared with the reference</source>
        <translation>Wird mit der Referenz verglichen</translation>
    </message>
    <message>
        <source>Tolerance of events</source>
        <translation>Toleranz der Ereignisse</translation>
    </message>
    <message>
        <source>By how many frames onset and offset may differ</source>
        <translation>Um wie viele Bilder Onset und Offset abweichen dürfen</translation>
    </message>
</context>
<context>
    <name>RecentFiles</name>
    <message>
        <source>{0}: the list of recent files is damaged; it begins anew</source>
        <translation>{0}: Die Liste der zuletzt geöffneten Dateien ist beschädigt; sie beginnt neu</translation>
    </message>
</context>
<context>
    <name>RecordBar</name>
    <message>
        <source>Folder …</source>
        <translation>Ordner …</translation>
    </message>
    <message>
        <source>Pseudonym</source>
        <translation>Pseudonym</translation>
    </message>
    <message>
        <source>Pseudonym of the person</source>
        <translation>Pseudonym der Person</translation>
    </message>
    <message>
        <source>Beginning of the file&apos;s name; never write a patient&apos;s real name here</source>
        <translation>Beginn des Dateinamens; schreiben Sie hier nie den wirklichen Namen</translation>
    </message>
    <message>
        <source>Sound of the recording</source>
        <translation>Ton der Aufnahme</translation>
    </message>
    <message>
        <source>No sound</source>
        <translation>Kein Ton</translation>
    </message>
    <message>
        <source>Sound of the file</source>
        <translation>Ton der Datei</translation>
    </message>
    <message>
        <source>Stop recording</source>
        <translation>Aufnahme beenden</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Aufnehmen</translation>
    </message>
    <message>
        <source>{0}  ·  {1} pictures  ·  {2}</source>
        <translation>{0}  ·  {1} Bilder  ·  {2}</translation>
    </message>
    <message>
        <source>not recorded: {0} pictures</source>
        <translation>nicht aufgenommen: {0} Bilder</translation>
    </message>
    <message>
        <source>A recording ends by itself when less than {0} are free</source>
        <translation>Eine Aufnahme endet von selbst, wenn weniger als {0} frei sind</translation>
    </message>
    <message>
        <source>to {0}</source>
        <translation>nach {0}</translation>
    </message>
</context>
<context>
    <name>ResultRow</name>
    <message>
        <source>Analyse now</source>
        <translation>Jetzt analysieren</translation>
    </message>
    <message>
        <source>Record only people who have agreed to it. Pictures and sound stay on this computer.</source>
        <translation>Nehmen Sie nur Personen auf, die eingewilligt haben. Bild und Ton bleiben auf diesem Rechner.</translation>
    </message>
    <message>
        <source>Nothing was recorded: no picture came.</source>
        <translation>Es wurde nichts aufgenommen: Es kam kein Bild.</translation>
    </message>
</context>
<context>
    <name>ReviewHead</name>
    <message>
        <source>Hide the machine until I commit</source>
        <translation>Maschine verbergen</translation>
    </message>
    <message>
        <source>Commit …</source>
        <translation>Abschließen …</translation>
    </message>
    <message>
        <source>Reviewer</source>
        <translation>Rater</translation>
    </message>
    <message>
        <source>Judgements are signed with this name</source>
        <translation>Urteile werden mit diesem Namen gezeichnet</translation>
    </message>
    <message>
        <source>Nothing of what the machine says is shown until you commit; remembered for this video</source>
        <translation>Bis Sie abschließen, wird nichts von dem gezeigt, was die Maschine sagt; wird für dieses Video gemerkt</translation>
    </message>
    <message>
        <source>Looked through</source>
        <translation>Durchgesehen</translation>
    </message>
    <message>
        <source>Committed: the machine is shown</source>
        <translation>Abgeschlossen: Die Maschine wird gezeigt</translation>
    </message>
    <message>
        <source>Judgements that you made while the machine was shown: {0}. They are kept, and marked as not blind.</source>
        <translation>Urteile, die Sie bei sichtbarer Maschine gefällt haben: {0}. Sie bleiben erhalten und sind als nicht verblindet gekennzeichnet.</translation>
    </message>
    <message>
        <source>{0} of {1} stages looked through</source>
        <translation>{0} von {1} Abschnitten durchgesehen</translation>
    </message>
    <message>
        <source>{0} of {1} stretches looked through</source>
        <translation>{0} von {1} Zeitbereichen durchgesehen</translation>
    </message>
</context>
<context>
    <name>ReviewPanel</name>
    <message>
        <source>Keep</source>
        <translation>Beibehalten</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Erneut ansehen</translation>
    </message>
    <message>
        <source>Result changed since this was judged</source>
        <translation>Das Ergebnis hat sich seit diesem Urteil geändert</translation>
    </message>
    <message>
        <source>The judgement stands for the new result too</source>
        <translation>Das Urteil gilt auch für das neue Ergebnis</translation>
    </message>
    <message>
        <source>Go to where the judgement begins, and loop it</source>
        <translation>Zum Beginn des Urteils gehen und es wiederholen</translation>
    </message>
    <message>
        <source>Add an Action Unit: number or name (E)</source>
        <translation>Action Unit hinzufügen: Nummer oder Name (E)</translation>
    </message>
    <message>
        <source>Add an Action Unit that the machine missed</source>
        <translation>Eine Action Unit hinzufügen, die der Maschine entging</translation>
    </message>
    <message>
        <source>Number or name, then Enter: it is judged present over this stage</source>
        <translation>Nummer oder Name, dann Eingabe: Sie gilt über diesen Abschnitt als vorhanden</translation>
    </message>
    <message>
        <source>Speech</source>
        <translation>Sprechen</translation>
    </message>
    <message>
        <source>Face out</source>
        <translation>Gesicht aus</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Accept stage</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Only looked through</source>
        <translation>Nur durchgesehen</translation>
    </message>
    <message>
        <source>◀ Previous</source>
        <translation>◀ Voriger</translation>
    </message>
    <message>
        <source>Next in doubt ▶</source>
        <translation>Nächster Zweifelsfall ▶</translation>
    </message>
    <message>
        <source>Accept stretch</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Number or name, then Enter: it is judged present over this stretch</source>
        <translation>Nummer oder Name, dann Eingabe: Sie gilt über diesen Zeitbereich als vorhanden</translation>
    </message>
    <message>
        <source>Add an Action Unit</source>
        <translation>Action Unit hinzufügen</translation>
    </message>
    <message>
        <source>No face was seen here: nothing to judge</source>
        <translation>Hier wurde kein Gesicht gesehen: nichts zu beurteilen</translation>
    </message>
    <message>
        <source>Analyse a video to review it</source>
        <translation>Analysieren Sie ein Video, um es zu begutachten</translation>
    </message>
    <message>
        <source>Stretch {0}</source>
        <translation>Zeitbereich {0}</translation>
    </message>
    <message>
        <source>Stage {0}</source>
        <translation>Abschnitt {0}</translation>
    </message>
    <message>
        <source>looked through ✓</source>
        <translation>durchgesehen ✓</translation>
    </message>
    <message>
        <source>The machine is hidden.</source>
        <translation>Die Maschine ist verborgen.</translation>
    </message>
    <message>
        <source>Nothing speaks against this stage.</source>
        <translation>Nichts spricht gegen diesen Abschnitt.</translation>
    </message>
    <message>
        <source>{0} · no judgement here yet</source>
        <translation>{0} · hier noch kein Urteil</translation>
    </message>
    <message>
        <source>All Action Units of this stretch</source>
        <translation>Alle Action Units dieses Zeitbereichs</translation>
    </message>
    <message>
        <source>All Action Units of this stage</source>
        <translation>Alle Action Units dieses Abschnitts</translation>
    </message>
</context>
<context>
    <name>ReviewState</name>
    <message>
        <source>Reviewer</source>
        <translation>Rater</translation>
    </message>
</context>
<context>
    <name>ReviewTable</name>
    <message>
        <source>Action Unit</source>
        <translation>Action Unit</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>Action Units and judgements here</source>
        <translation>Action Units und Urteile an dieser Stelle</translation>
    </message>
    <message>
        <source>look {0}</source>
        <translation>Muster {0}</translation>
    </message>
    <message>
        <source>not modelled</source>
        <translation>nicht modelliert</translation>
    </message>
    <message>
        <source>not judged yet</source>
        <translation>noch nicht beurteilt</translation>
    </message>
    <message>
        <source>The machine&apos;s result has changed since this was judged.</source>
        <translation>Das Ergebnis der Maschine hat sich seit diesem Urteil geändert.</translation>
    </message>
</context>
<context>
    <name>ReviewTimeline</name>
    <message>
        <source>Scroll the lanes of judgements</source>
        <translation>Die Spuren der Urteile rollen</translation>
    </message>
    <message>
        <source>No review lanes</source>
        <translation>Keine Begutachtungsspuren</translation>
    </message>
    <message>
        <source>Review lanes of the chosen Action Unit</source>
        <translation>Begutachtungsspuren der gewählten Action Unit</translation>
    </message>
    <message>
        <source>Review lanes of all reviewed Action Units</source>
        <translation>Begutachtungsspuren aller begutachteten Action Units</translation>
    </message>
    <message>
        <source>Reviewed prototype</source>
        <translation>Begutachteter Prototyp</translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <source>Lanes of the judgements</source>
        <translation>Spuren der Urteile</translation>
    </message>
    <message>
        <source>Drag over speech, and over what cannot be scored</source>
        <translation>Über Sprechen und nicht Kodierbares ziehen</translation>
    </message>
    <message>
        <source>Choose an Action Unit to judge it here</source>
        <translation>Wählen Sie eine Action Unit, um sie hier zu beurteilen</translation>
    </message>
    <message>
        <source>Drag over the frames in which {au} is present</source>
        <translation>Über die Bilder ziehen, in denen {au} vorhanden ist</translation>
    </message>
    <message>
        <source>review</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Whole face</source>
        <translation>Ganzes Gesicht</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Begutachtung</translation>
    </message>
    <message>
        <source>Drag moves it or its ends, with Alt past borders of stages</source>
        <translation>Ziehen verschiebt es oder seine Enden, mit Alt über Abschnittsgrenzen hinweg</translation>
    </message>
    <message>
        <source>Double click loops it</source>
        <translation>Doppelklick wiederholt es</translation>
    </message>
    <message>
        <source>whole face</source>
        <translation>ganzes Gesicht</translation>
    </message>
    <message>
        <source>Judgements by {reviewer}: {about}</source>
        <translation>Urteile von {reviewer}: {about}</translation>
    </message>
</context>
<context>
    <name>ReviewedStrip</name>
    <message>
        <source>Stages after review</source>
        <translation>Abschnitte nach der Begutachtung</translation>
    </message>
    <message>
        <source>Nothing has been reviewed yet</source>
        <translation>Noch nichts begutachtet</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Begutachtet</translation>
    </message>
    <message>
        <source>▲ added: {aus}</source>
        <translation>▲ hinzugefügt: {aus}</translation>
    </message>
    <message>
        <source>▼ removed: {aus}</source>
        <translation>▼ entfernt: {aus}</translation>
    </message>
    <message>
        <source>Stages after the review by {reviewer}
▲ and a line above: added by the reviewer · ▼ and a line below: removed</source>
        <translation>Abschnitte nach der Begutachtung durch {reviewer}
▲ und ein Strich darüber: vom Rater hinzugefügt · ▼ und ein Strich darunter: entfernt</translation>
    </message>
</context>
<context>
    <name>Ruler</name>
    <message>
        <source>Time axis</source>
        <translation>Zeitachse</translation>
    </message>
    <message>
        <source>marked</source>
        <translation>markiert</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>{place} · neutral face ({how})</source>
        <translation>{place} · neutrales Gesicht ({how})</translation>
    </message>
</context>
<context>
    <name>SearchRow</name>
    <message>
        <source>With gaps</source>
        <translation>Mit Lücken</translation>
    </message>
    <message>
        <source>Only largest</source>
        <translation>Nur die größten</translation>
    </message>
    <message>
        <source>contains, for example AU04 then AU06_A</source>
        <translation>enthält, zum Beispiel AU04 then AU06_A</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Kategorie</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>Buchstaben</translation>
    </message>
    <message>
        <source>Patterns in at least</source>
        <translation>Sequenzen in mindestens</translation>
    </message>
    <message>
        <source>Show only sessions of this label</source>
        <translation>Nur Sitzungen dieser Kategorie zeigen</translation>
    </message>
    <message>
        <source>AU02_A of two sessions is the same look only with the letters of a corpus</source>
        <translation>AU02_A zweier Sitzungen ist nur mit den Buchstaben eines Korpus dasselbe Muster</translation>
    </message>
    <message>
        <source>Sessions that contain a pattern</source>
        <translation>Sitzungen, die eine Sequenz enthalten</translation>
    </message>
    <message>
        <source>Action Units of a stage side by side, “then” or an arrow to the next stage</source>
        <translation>Action Units eines Abschnitts nebeneinander, „then“ oder ein Pfeil zum nächsten Abschnitt</translation>
    </message>
    <message>
        <source>Other stages may lie between those of a pattern</source>
        <translation>Zwischen den Abschnitten einer Sequenz dürfen andere liegen</translation>
    </message>
    <message>
        <source>Least share of sessions with a pattern</source>
        <translation>Kleinster Anteil der Sitzungen mit einer Sequenz</translation>
    </message>
    <message>
        <source>Leave out patterns that are part of a larger one listed</source>
        <translation>Sequenzen weglassen, die Teil einer größeren in der Liste sind</translation>
    </message>
    <message>
        <source>each session&apos;s own</source>
        <translation>die der einzelnen Sitzung</translation>
    </message>
    <message>
        <source>none: co-occurrence</source>
        <translation>keine: nur gemeinsames Auftreten</translation>
    </message>
    <message>
        <source>of the corpus</source>
        <translation>die des Korpus</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
</context>
<context>
    <name>SessionList</name>
    <message>
        <source>Search sessions</source>
        <translation>Sitzungen suchen</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Searches names, pseudonyms, folders, states and reviewers</source>
        <translation>Durchsucht Namen, Pseudonyme, Ordner, Zustände und Rater</translation>
    </message>
    <message>
        <source>Order and folders</source>
        <translation>Reihenfolge und Ordner</translation>
    </message>
    <message>
        <source>Sessions and videos</source>
        <translation>Sitzungen und Videos</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Pseudonym and consent …</source>
        <translation>Pseudonym und Einwilligung …</translation>
    </message>
    <message>
        <source>Delete session …</source>
        <translation>Sitzung löschen …</translation>
    </message>
    <message>
        <source>Remove from this list</source>
        <translation>Aus dieser Liste entfernen</translation>
    </message>
    <message>
        <source>Remove all that were open lately</source>
        <translation>Alle zuletzt geöffneten entfernen</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>By name</source>
        <translation>Nach Name</translation>
    </message>
    <message>
        <source>By state</source>
        <translation>Nach Zustand</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Längste zuerst</translation>
    </message>
    <message>
        <source>Add folder …</source>
        <translation>Ordner hinzufügen …</translation>
    </message>
    <message>
        <source>Remove {0}</source>
        <translation>{0} entfernen</translation>
    </message>
    <message>
        <source>No session matches the search.</source>
        <translation>Keine Sitzung passt zur Suche.</translation>
    </message>
    <message>
        <source>Videos and sessions that you open are listed here, and those of folders that you add.</source>
        <translation>Hier stehen Videos und Sitzungen, die Sie öffnen, und die der Ordner, die Sie hinzufügen.</translation>
    </message>
</context>
<context>
    <name>SessionShelf</name>
    <message>
        <source>{0}: the list of folders is damaged; it begins anew</source>
        <translation>{0}: Die Liste der Ordner ist beschädigt; sie beginnt neu</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>{0}: not readable as settings; defaults are used</source>
        <translation>{0}: als Einstellungen nicht lesbar; es gelten die Vorgaben</translation>
    </message>
    <message>
        <source>{0}: settings cannot be saved; check that the folder may be written to</source>
        <translation>{0}: Einstellungen können nicht gespeichert werden; prüfen Sie, ob in den Ordner geschrieben werden darf</translation>
    </message>
    <message>
        <source>{0}: &apos;{1}&apos; has a value that makes no sense; the default is used</source>
        <translation>{0}: „{1}“ hat einen unmöglichen Wert; es gilt die Vorgabe</translation>
    </message>
</context>
<context>
    <name>SettingsDialog</name>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Keep the aligned pictures of the face in the session</source>
        <translation>Die ausgerichteten Bilder des Gesichts in der Sitzung behalten</translation>
    </message>
    <message>
        <source>Show faces in the list of sessions</source>
        <translation>Gesichter in der Liste der Sitzungen zeigen</translation>
    </message>
    <message>
        <source>Begin the analysis when a video is opened</source>
        <translation>Die Analyse beginnen, wenn ein Video geöffnet wird</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Of up to 36,000 frames, spread over the video</source>
        <translation>Von bis zu 36 000 Bildern, über das Video verteilt</translation>
    </message>
    <message>
        <source>Of every frame</source>
        <translation>Von jedem Bild</translation>
    </message>
    <message>
        <source>Of the frames between, only the strongest 99 %</source>
        <translation>Von den Bildern dazwischen nur die stärksten 99 %</translation>
    </message>
    <message>
        <source>Prototypes only</source>
        <translation>Nur Prototypen</translation>
    </message>
    <message>
        <source>A folder…</source>
        <translation>Ein Ordner …</translation>
    </message>
    <message>
        <source>A zip file…</source>
        <translation>Eine zip-Datei …</translation>
    </message>
    <message>
        <source>The bundled model</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Another language is shown from the next start on</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Size of type</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Edits of results are signed with it</source>
        <translation>Änderungen an Ergebnissen werden damit gezeichnet</translation>
    </message>
    <message>
        <source>Model package</source>
        <translation>Modellpaket</translation>
    </message>
    <message>
        <source>Choose a model package</source>
        <translation>Ein Modellpaket wählen</translation>
    </message>
    <message>
        <source>Relevance maps that are kept</source>
        <translation>Relevanzkarten, die aufbewahrt werden</translation>
    </message>
    <message>
        <source>36,000 frames are all of 20 minutes at 30 a second. Looks and stages do not depend on it. Where only prototypes are kept, looks cannot be changed.</source>
        <translation>36 000 Bilder sind alle von 20 Minuten bei 30 in der Sekunde. Muster und Abschnitte hängen nicht davon ab. Wo nur Prototypen aufbewahrt werden, lassen sich Muster nicht ändern.</translation>
    </message>
    <message>
        <source>Pictures are made anew each time and never written to the disk</source>
        <translation>Die Bilder entstehen jedes Mal neu und werden nie gespeichert</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>from the next start on</source>
        <translation>ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Analysis</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Relevance maps</source>
        <translation>Relevanzkarten</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Without it a session holds no picture of the face, and the video stays where it is. It counts from the next analysis on.</source>
        <translation>Ohne diese Einstellung enthält eine Sitzung kein Bild des Gesichts, und das Video bleibt, wo es ist. Sie gilt ab der nächsten Analyse.</translation>
    </message>
    <message>
        <source>The model that comes with the program.</source>
        <translation>Das Modell, das mit dem Programm kommt.</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>Model packages (*.zip)</source>
        <translation>Modellpakete (*.zip)</translation>
    </message>
</context>
<context>
    <name>ShortcutTable</name>
    <message>
        <source>No shortcut matches the search.</source>
        <translation>Kein Tastenkürzel passt zur Suche.</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
</context>
<context>
    <name>SoundOutput</name>
    <message>
        <source>No video is open</source>
        <translation>Kein Video geöffnet</translation>
    </message>
    <message>
        <source>This video has no sound</source>
        <translation>Dieses Video hat keinen Ton</translation>
    </message>
    <message>
        <source>The sound device does not answer; open the video again to retry</source>
        <translation>Das Audiogerät antwortet nicht; öffnen Sie das Video erneut, um es noch einmal zu versuchen</translation>
    </message>
</context>
<context>
    <name>SpectrumPlot</name>
    <message>
        <source>Spectrum</source>
        <translation>Spektrum</translation>
    </message>
    <message>
        <source>Eigenvalues of the graph of relevance maps. Each one near zero is a group of its own. The band is the gap behind the last of them, the line the number of looks that is shown.</source>
        <translation>Eigenwerte des Graphen der Relevanzkarten. Jeder nahe null ist eine eigene Gruppe. Das Band ist die Lücke hinter dem letzten davon, die Linie die Zahl der gezeigten Muster.</translation>
    </message>
</context>
<context>
    <name>StageStrip</name>
    <message>
        <source>Stages of the other profile</source>
        <translation>Abschnitte des anderen Profils</translation>
    </message>
    <message>
        <source>Stages of the shown profile</source>
        <translation>Abschnitte des gezeigten Profils</translation>
    </message>
    <message>
        <source>No stages of this profile</source>
        <translation>Keine Abschnitte in diesem Profil</translation>
    </message>
    <message>
        <source>Hidden until you commit</source>
        <translation>Verborgen, bis Sie abschließen</translation>
    </message>
    <message>
        <source>Stages appear when the analysis ends</source>
        <translation>Abschnitte erscheinen, wenn die Analyse endet</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>frames {start}–{last}, {length}</source>
        <translation>Bilder {start}–{last}, {length}</translation>
    </message>
    <message>
        <source>{sign} For {aus} the network looks elsewhere than where it shows on the face</source>
        <translation>{sign} Bei {aus} blickt das Netz auf eine andere Stelle als die, an der sie sich im Gesicht zeigen</translation>
    </message>
    <message>
        <source>Double click loops this stage</source>
        <translation>Doppelklick wiederholt diesen Abschnitt</translation>
    </message>
    <message>
        <source>Stages of the profile {profile}, {layer}</source>
        <translation>Abschnitte des Profils {profile}, {layer}</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Progress of this step</source>
        <translation>Fortschritt dieses Schritts</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>no face in {0} frames</source>
        <translation>kein Gesicht in {0} Bildern</translation>
    </message>
    <message>
        <source>reviewer {0}</source>
        <translation>Rater {0}</translation>
    </message>
    <message>
        <source>machine hidden</source>
        <translation>Maschine verborgen</translation>
    </message>
    <message>
        <source>face {0} of {1}</source>
        <translation>Gesicht {0} von {1}</translation>
    </message>
</context>
<context>
    <name>TileTable</name>
    <message>
        <source>Temporal prototypes</source>
        <translation>Zeitliche Prototypen</translation>
    </message>
</context>
<context>
    <name>TimeWidget</name>
    <message>
        <source>{time} · frame {frame}</source>
        <translation>{time} · Bild {frame}</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Scroll the lanes</source>
        <translation>Die Spuren rollen</translation>
    </message>
    <message>
        <source>Open a video to see its Action Units over time</source>
        <translation>Öffnen Sie ein Video, um seine Action Units im Zeitverlauf zu sehen</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitverlauf</translation>
    </message>
    <message>
        <source>Results ▾</source>
        <translation>Ergebnisse ▾</translation>
    </message>
    <message>
        <source>Results to show</source>
        <translation>Zu zeigende Ergebnisse</translation>
    </message>
    <message>
        <source>Choose the results that the timeline shows</source>
        <translation>Die Ergebnisse wählen, die der Zeitverlauf zeigt</translation>
    </message>
    <message>
        <source>Stages of both profiles</source>
        <translation>Abschnitte beider Profile</translation>
    </message>
    <message>
        <source>Only Action Units that become active</source>
        <translation>Nur Action Units, die aktiv werden</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Main actions</source>
        <translation>Hauptbefehle</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>Kamera</translation>
    </message>
    <message>
        <source>Analyse</source>
        <translation>Analyse</translation>
    </message>
    <message>
        <source>Face</source>
        <translation>Gesicht</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>Bundled model</source>
        <translation>Mitgeliefertes Modell</translation>
    </message>
    <message>
        <source>Another model …</source>
        <translation>Anderes Modell …</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Analysed</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Face {0} ▾</source>
        <translation>Gesicht {0} ▾</translation>
    </message>
    <message>
        <source>The bundled model</source>
        <translation>Das mitgelieferte Modell</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>No video is open</source>
        <translation>Kein Video geöffnet</translation>
    </message>
    <message>
        <source>Sound on or off; it plays at 1× only</source>
        <translation>Ton ein oder aus; er wird nur bei 1× wiedergegeben</translation>
    </message>
    <message>
        <source>Mute</source>
        <translation>Stumm</translation>
    </message>
    <message>
        <source>First frame</source>
        <translation>Erstes Bild</translation>
    </message>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>One frame forward</source>
        <translation>Ein Bild vor</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Loop the stage</source>
        <translation>Den Abschnitt wiederholen</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Speed of playing; sound is heard at 1× only</source>
        <translation>Wiedergabegeschwindigkeit; Ton ist nur bei 1× zu hören</translation>
    </message>
    <message>
        <source>frame {0} / {1}</source>
        <translation>Bild {0} / {1}</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
</context>
<context>
    <name>Workbench</name>
    <message>
        <source>The video cannot be read on</source>
        <translation>Das Video kann nicht weiter gelesen werden</translation>
    </message>
    <message>
        <source>This file cannot be shown</source>
        <translation>Diese Datei kann nicht gezeigt werden</translation>
    </message>
    <message>
        <source>The judgements were not saved or read</source>
        <translation>Die Urteile wurden nicht gespeichert oder gelesen</translation>
    </message>
    <message>
        <source>The results cannot be read</source>
        <translation>Die Ergebnisse können nicht gelesen werden</translation>
    </message>
</context>
</TS>
