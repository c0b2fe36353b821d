import { readFileSync } from 'node:fs'
import { parseDefinition } from '@/lib/definition/parse'
import { capabilitiesOf } from '@/lib/definition/capabilities'
const rows = readFileSync('/work/shared/corpus/manifest.tsv','utf8').trim().split('\n').slice(1).map(l=>l.split('\t'))
const m:Record<string,Record<string,number>>={}
for(const r of rows){ const d=parseDefinition(readFileSync('/work/shared/corpus/'+r[0]),{path:r[0]!}); for(const t of capabilitiesOf(d).tools) if(t.class==='unclassified'){ const o=m[d.format]??={}; o[t.name]=(o[t.name]??0)+1 }
 if(r[5]==='claude'&&d.format!=='claude') console.log(r[0]) 
 if(d.format==='codex-toml'||d.format==='kiro') { if(Math.random()<0.15)console.log(d.format,d.fields.map(f=>f.key+'='+JSON.stringify(f.value).slice(0,60)).join('; ')) }}
for(const [f,o] of Object.entries(m)) console.log(f,Object.entries(o).sort((a,b)=>b[1]-a[1]).map(([n,c])=>n+':'+c).join(' '))
