import { readFileSync } from 'node:fs'
import { parseDefinition } from '@/lib/definition/parse'
import { checkDefinition } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
import { capabilitiesOf, riskOf } from '@/lib/definition/capabilities'
import { encodeText } from '@/lib/definition/decode'
const rows = readFileSync('/work/shared/corpus/manifest.tsv','utf8').trim().split('\n').slice(1).map(l=>l.split('\t'))
const bytes = rows.map(r=>readFileSync('/work/shared/corpus/'+r[0]))
const tally=(m:Map<string,number>,k:string)=>m.set(k,(m.get(k)??0)+1)
const fates=new Map<string,number>(), fmts=new Map<string,number>(), diags=new Map(), rules=new Map<string,number>(), tiers=new Map(), forms=new Map()
let mism=0
for (let i=0;i<rows.length;i++){ const r=rows[i]!; const d=parseDefinition(bytes[i]!,{path:r[0]!})
  if(d.digest!==r[8]) {mism++; console.log('digest',r[0])}
  if(Buffer.compare(Buffer.from(encodeText(d.text,d.encoding)),bytes[i]!)!==0) console.log('roundtrip',r[0])
  if(d.eol!==r[9]) console.log('eol',d.eol,r[9],r[0]); if((d.bom?'yes':'no')!==r[10]) console.log('bom',r[0]); if((d.finalNewline?'yes':'no')!==r[11]) console.log('final',r[0])
  const fm=r[13]!; const okHere = d.frontmatter? d.frontmatter.valid?'ok':'error':'none'
  if(fm!=='n/a' && !fm.startsWith(okHere)) console.log('fm',fm,okHere,d.diagnostics.map(x=>x.code),r[0])
  tally(fates,d.fate.kind); tally(fmts,`${r[5]} -> ${d.format}`); for(const x of d.diagnostics) tally(diags,x.code); tally(tiers,riskOf(capabilitiesOf(d)).tier); tally(forms,d.tools.form)
  for(const f of checkDefinition(d,DEFAULT_CONTEXT)) tally(rules,f.rule+' '+f.severity)
  if(d.format==='claude' && !['loads','loads-after-repair'].includes(d.fate.kind)) console.log(d.fate.kind, d.diagnostics.map(x=>x.code).join(), r[0], '|', d.name, '|', (d.description??'').slice(0,40))
}
console.log({mism, fates,fmts,diags,tiers,forms,rules})
for(let k=0;k<3;k++){ const t=performance.now(); let worst=0; for(let i=0;i<rows.length;i++){const s=performance.now(); const d=parseDefinition(bytes[i]!,{path:rows[i]![0]!}); checkDefinition(d,DEFAULT_CONTEXT); worst=Math.max(worst,performance.now()-s)} const ms=performance.now()-t; console.log('files/s',(rows.length/ms*1000).toFixed(0),'worst ms',worst.toFixed(1)) }
