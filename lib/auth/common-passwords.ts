/**
 * The passwords that guessing programs try first. A short list goes far because
 * `password-rules.ts` also compares without the digits and signs that people put around a word.
 */
const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))

/** Whole passwords, lower case, at least eight characters (shorter ones are refused anyway). */
export const COMMON_PASSWORDS = words(`
  1q2w3e4r 1q2w3e4r5t 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 q1w2e3r4 q1w2e3r4t5 qwer1234
  qwer4321 asdf1234 zxcv1234 1234qwer 123qweasd 123qwe123 qwe123qwe qweasdzxc qazwsxedc qazwsx123
  wsxedc12 poiuytre asdfqwer abcd1234 abc12345 abc123456 a1b2c3d4 a1234567 a12345678 a123456789
  aa123456 aa12345678 ab123456 q1234567 1a2b3c4d 12344321 12341234 11223344 1122334455 112233445566
  12121212 13131313 123123123 123321123 123454321 123456781 123456787 1234567a 123456aa 12345abc
  12345qwert 147258369 159753159 159357159 741852963 789456123 987654321 9876543210 0987654321
  87654321 00000000 01234567 012345678 10203040 14141414 19841984 19871987 20002000 21212121 22446688
  25802580 31415926 98765432 99887766 654321654 102030405 1029384756 0123456789 9999999999
  iloveyou iloveyou1 iloveyou2 iloveu123 ilovegod ilovejesus lovelove loveyou1 forever1 babygirl
  babygirl1 princess1 jesuschrist jesus123 godisgood trustno1 trustnoone letmein1 letmein123 openme12
  startrek starwars starwars1 superman1 batman123 spiderman pokemon1 pokemon123 minecraft minecraft1
  football1 baseball1 basketball soccer123 chelsea1 arsenal1 liverpool1 manchester barcelona realmadrid
  juventus steelers1 cowboys1 yankees1 michael1 jordan23 michelle1 jennifer1 jessica1 charlie1 daniel12
  andrew123 thomas123 matthew1 joshua123 anthony1 nicholas1 samantha1 victoria1 elizabeth1 alexander1
  computer1 internet1 security1 samsung1 apple123 google123 windows10 microsoft1 changeme1 changeit
  changethis passw0rd1 passwort1 password1 password12 password123 password1234 motdepasse contrasena
  senha123 parola123 lozinka1 haslo123 wachtwoord sifre123 parool123 salasana1 losenord adgangskode
  welcome1 welcome12 welcome123 welcome2024 welcome2025 welcome2026 admin123 admin1234 admin12345
  administrator root1234 rootroot toor1234 test1234 testtest testing1 testing123 guest123 guestguest
  user1234 username1 default1 secret123 secret12 master123 mastermaster login123 demo1234 temp1234
  temppass temporary qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwerty12345 asdfghjk asdfghjkl
  zxcvbnm1 zxcvbnm123 azertyui azerty123 qwertz123 qwertzui sunshine1 summer123 winter123 spring123
  autumn123 monday123 friday123 january1 february1 december1 november1 shadow123 dragon123 monkey123
  killer123 ninja123 hunter22 hunter123 tigger123 ginger123 pepper123 cookie123 chocolate1 butterfly
  butterfly1 diamond1 phoenix1 thunder1 mustang1 corvette ferrari1 mercedes harley123 whatever1
  nothing1 nopassword passpass passpass1 mypassword yourpassword thepassword blahblah whocares fuckyou1
  fuckyou123 asshole1 bullshit babyblue badboy123 bigdaddy blink182 bond0007 midnight1 moonlight
  snowball snoopy123 softball1 volleyball1 hockey123 golfer123 fishing1 guitar123 metallica slipknot1
  nirvana1 eminem123 rockstar1 music123 dance123 angel123 angels123 heaven123 freedom1 liberty1 america1
  correcthorsebatterystaple
`)

/** Words that are refused with any digits and signs around them, and with letters substituted. */
export const COMMON_BASES = words(`
  password passwort passwd pass passphrase motdepasse contrasena contraseña senha parola wachtwoord
  lösenord salasana haslo hasło welcome willkommen bienvenue welkom admin administrator root superuser
  login logon user username guest test testing tester demo default temp temporary changeme changeit
  letmein secret geheim master system server database oracle mysql postgres chancery computer internet
  network security samsung google microsoft windows apple android iphone linux cisco company office
  qwerty qwertz azerty qwertyuiop asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx abc abcd abcde abcdef
  abcdefg abcdefgh iloveyou loveyou love lovely forever baby babygirl princess prince angel sunshine
  moonlight rainbow flower butterfly chocolate cookie coffee summer sommer winter spring autumn herbst
  january february march april may june july august september october november december januar februar
  märz mai juni juli oktober dezember monday tuesday wednesday thursday friday saturday sunday
  football soccer baseball basketball hockey liverpool arsenal chelsea barcelona madrid juventus bayern
  london berlin paris america germany france england superman batman spiderman pokemon starwars
  minecraft naruto dragon monkey tiger lion eagle falcon phoenix shadow killer ninja hunter ranger
  thunder mustang ferrari porsche mercedes harley yamaha honda michael jennifer jessica jordan daniel
  andrew thomas matthew joshua charlie robert william david george ashley amanda nicole samantha hannah
  maria anna freedom whatever nothing trustno
`)
