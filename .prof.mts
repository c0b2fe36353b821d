import { readFileSync } from 'node:fs'
import { readDefinition } from '@/lib/definition/read'
import { parseDefinition } from '@/lib/definition/parse'
import { checkDefinition, RULES } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'
const rows = readFileSync('/work/shared/corpus/manifest.tsv','utf8').trim().split('\n').slice(1).map(l=>l.split('\t'))
const bytes = rows.map(r=>readFileSync('/work/shared/corpus/'+r[0]))
for(let k=0;k<4;k++){ const t=performance.now(); const ds=rows.map((r,i)=>readDefinition(bytes[i]!,{path:r[0]!})); const a=performance.now(); 
const per=RULES.map(r=>{const s=performance.now(); for(const d of ds) r.check(d,DEFAULT_CONTEXT); return r.id+' '+(performance.now()-s).toFixed(0)})
console.log('read',(a-t).toFixed(0),'check',(performance.now()-a).toFixed(0), k==3?per.join(', '):'') }
