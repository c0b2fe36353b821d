import { readFileSync } from 'node:fs'
import { parseDefinition } from '@/lib/definition/parse'
import { setField, removeField, addTool, removeTool, replaceSection } from '@/lib/definition/edit'
const rows = readFileSync('/work/shared/corpus/manifest.tsv','utf8').trim().split('\n').slice(1).map(l=>l.split('\t'))
const dec=(b:Uint8Array)=>new TextDecoder('utf-8',{ignoreBOM:true}).decode(b)
const stat:Record<string,[number,number,string[]]>={}
const lineDelta=(a:string,b:string)=>{const A=a.split('\n'),B=b.split('\n');let i=0;while(i<A.length&&i<B.length&&A[i]===B[i])i++;let j=0;while(j<A.length-i&&j<B.length-i&&A[A.length-1-j]===B[B.length-1-j])j++;return [A.length-i-j,B.length-i-j]}
function rec(k:string,r:any,f:string,ok2?:()=>boolean|string){ const s=stat[k]??=[0,0,[]]; s[1]++; let good=r.ok; let why=r.reason??''; if(r.ok&&ok2){const o=ok2(); if(o!==true){good=false;why='BAD '+o}} if(good)s[0]++; else s[2].push(f.split('/').slice(-2).join('/')+': '+why) }
const t=performance.now()
for(const r of rows){ const b=readFileSync('/work/shared/corpus/'+r[0]); const d=parseDefinition(b,{path:r[0]!}); const f=r[0]!
  const p=(x:Uint8Array)=>parseDefinition(x,{path:f})
  const valid=d.frontmatter?.valid; const kind=d.frontmatter? (valid?'valid':'invalid') : d.format==='codex-toml'?'toml':d.text.startsWith('{')?'json':'none'
  const has=d.fields.some(x=>x.key==='model')
  let x=setField(d,'model','haiku'); rec(`${kind} set model ${has?'present':'absent'}`,x,f,()=>{const q=p((x as any).bytes); const [m,n]=lineDelta(d.text,q.text); return q.model==='haiku'&&(n===1&&m===(has?1:0)) || `lines ${m}->${n} ${q.model}`})
  for(const [nm,v] of [['desc :#','Use it: now # "quoted" \'x\''],['desc emoji','🚀 人類学者 — ok'],['desc lines','first line\nsecond: line\n\nfourth']] as const){ x=setField(d,'description',v); rec(`${kind} ${nm}`,x,f,()=>p((x as any).bytes).description===v||'value') }
  if(kind!=='none'){ x=addTool(d,'NewTool'); rec(`${kind} add ${d.tools.form}`,x,f,()=>{const q=p((x as any).bytes); const [m,n]=lineDelta(d.text,q.text); return q.tools.names.at(-1)==='NewTool'&&n<=1||`lines ${m} ${n}`})
   x=addTool(d,'Bash(git add:*)'); rec(`${kind} addpat ${d.tools.form}`,x,f)
   for(const nme of new Set(d.tools.names)){ x=removeTool(d,nme); rec(`${kind} remove tool ${d.tools.form}`,x,f,()=>{const q=p((x as any).bytes); return !q.tools.names.includes(nme)&&(q.tools.inheritsAll===d.tools.inheritsAll)||'inh'}) }
   for(const fl of d.fields){ x=removeField(d,fl.key); rec(`${kind} remove field`,x,f) } }
  for(const s of d.sections){ x=replaceSection(d,s,d.text.slice(s.contentRange.start,s.contentRange.end)); rec('section same',x,f,()=>Buffer.compare(Buffer.from((x as any).bytes),b)===0||'differs'); x=replaceSection(d,s,'Other words.'); rec('section new',x,f) }
}
for(const [k,v] of Object.entries(stat).sort()) console.log(k.padEnd(30), v[0]+'/'+v[1], v[2].slice(0,4).join(' | '))
console.log((performance.now()-t).toFixed(0),'ms')
