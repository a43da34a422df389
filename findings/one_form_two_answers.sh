#!/bin/sh
# One valid form computes other things on a phone than in a browser: JavaRosa (ODK Collect, ODK Validate), as pyxform 4.5.0 ships it, beside
# @getodk/xforms-engine 0.22.0 (ODK Web Forms). Seen on 29/11/2026 with Java 17 and Node 20; JavaRosa first:
#   no = 1 > 2, then if(${no}, 'yes', 'no')      no     yes    a calculated truth is a text to Web Forms, and a text is true
#   if(${nought}, 'yes', 'no') of an answered 0  no     yes
#   ${on} < '2021-11-10' of 9/11/2021            false  true   so `. >= '2021-01-01'` as a constraint can never be met on a phone
#   max(${empty}, 3)                             3      nothing
#   number('1,5')                                1.5    nothing
# Fails if that changes.
set -eu
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyxform==4.5.0
jar=$(venv/bin/python -c "import pathlib, pyxform; print(pathlib.Path(pyxform.__file__).parent / 'validators/odk_validate/bin/ODK_Validate.jar')")
npm install --silent --no-audit --no-fund @getodk/xforms-engine@0.22.0 jsdom@24.1.3 >/dev/null
cat > form.xml <<'XML'
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><h:title>two</h:title><model>
<instance><data id="two"><nought>0</nought><on>2021-11-09</on><empty/><no/><a/><b/><c/><d/><e/><meta><instanceID/></meta></data></instance>
<bind nodeset="/data/nought" type="int"/><bind nodeset="/data/on" type="date"/><bind nodeset="/data/empty" type="int"/>
<bind nodeset="/data/no" type="string" calculate="1 &gt; 2"/>
<bind nodeset="/data/a" type="string" calculate="if(/data/no, 'yes', 'no')"/>
<bind nodeset="/data/b" type="string" calculate="if(/data/nought, 'yes', 'no')"/>
<bind nodeset="/data/c" type="string" calculate="/data/on &lt; '2021-11-10'"/>
<bind nodeset="/data/d" type="string" calculate="string(max(/data/empty, 3))"/>
<bind nodeset="/data/e" type="string" calculate="string(number('1,5'))"/>
</model></h:head><h:body><input ref="/data/nought"><label>a</label></input><input ref="/data/on"><label>b</label></input>
<input ref="/data/empty"><label>c</label></input></h:body></h:html>
XML
cat > Phone.java <<'JAVA'
import java.io.FileInputStream;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

public class Phone {
    public static void main(String[] names) throws Exception {
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        FormDef form = XFormUtils.getFormFromInputStream(new FileInputStream("form.xml"));
        form.initialize(true, new InstanceInitializationFactory());
        for (String name : names)
            System.err.println("JavaRosa\t" + name + "\t" + form.getMainInstance().getRoot().getFirstChild(name).getValue().getDisplayText());
    }
}
JAVA
cat > browser.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
const { window } = new JSDOM('');
for (const name of Object.getOwnPropertyNames(window))
  if (/^(XPath|Node|Element|Document|DOMParser|Attr|Text|XML|HTML|Comment|CDATA|CharacterData|NamedNode|Processing)/.test(name))
    globalThis[name] ??= window[name];
Object.assign(globalThis, { window, document: window.document, location: window.location });
await fetch('data:text/plain,');
Object.defineProperty(process, 'versions', { value: {} }); // the package is built for browsers
const { createInstance } = await import('@getodk/xforms-engine');
const { root } = await createInstance(readFileSync('form.xml', 'utf8'), { instance: {} });
const held = Object.fromEntries(root.currentState.children.map(({ currentState: { reference, value } }) => [reference, value]));
for (const name of process.argv.slice(2)) console.log(`Web Forms\t${name}\t${held[`/data/${name}`]}`);
JS
said=$(java -cp "$jar" Phone.java a b c d e 2>&1 >/dev/null | grep '^JavaRosa'; node browser.mjs a b c d e)
echo "$said"
wanted=$(printf 'JavaRosa\t%s\t%s\n' a no b no c False d 3 e 1.5
    printf 'Web Forms\t%s\t%s\n' a yes b yes c true d '' e '')
[ "$said" = "$wanted" ]
