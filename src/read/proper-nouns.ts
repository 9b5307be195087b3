// English words that keep their capital in the middle of a sentence: what a
// title in title case does not show. Words that are also common ones in small
// letters (Turkey, Polish, May, March) are in the list only where the name is by
// far the commoner meaning in a title.

const words = `
Africa Antarctica Arabia Asia Atlantic Arctic Antarctic Australasia Balkan Balkans Baltic Benelux Caribbean Caspian
Caucasus Crimea Crimean Danube Eurasia Eurasian Europe Himalaya Himalayas Indochina Indo Levant Maghreb Mediterranean
Mesopotamia Oceania Pacific Patagonia Polynesia Sahara Sahel Scandinavia Siberia Siberian Transcaucasia Transnistria
Afghanistan Albania Algeria Andorra Angola Argentina Armenia Australia Austria Azerbaijan Bahamas Bahrain Bangladesh
Barbados Belarus Belgium Belize Benin Bermuda Bhutan Bolivia Bosnia Botswana Brazil Britain Brunei Bulgaria Burma
Burundi Byzantium Cambodia Cameroon Canada Catalonia Ceylon Chechnya Chile China Colombia Congo Croatia Cuba Cyprus
Czechia Czechoslovakia Denmark Djibouti Dominica Ecuador Egypt England Eritrea Estonia Eswatini Ethiopia Fiji Finland
Flanders France Gabon Gambia Georgia Germany Ghana Gibraltar Greece Greenland Grenada Guatemala Guinea Guyana Haiti
Herzegovina Holland Honduras Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Jamaica Japan Jordan
Kashmir Kazakhstan Kenya Korea Kosovo Kurdistan Kuwait Kyrgyzstan Laos Latvia Lebanon Lesotho Liberia Libya
Liechtenstein Lithuania Luxembourg Macedonia Madagascar Malawi Malaysia Maldives Mali Malta Manchuria Mauritania
Mauritius Mexico Micronesia Moldova Monaco Mongolia Montenegro Morocco Mozambique Myanmar Namibia Nauru Nepal
Netherlands Nicaragua Niger Nigeria Normandy Norway Oman Pakistan Palestine Panama Paraguay Persia Peru Philippines
Poland Portugal Prussia Qatar Quebec Romania Russia Rwanda Samoa Scotland Senegal Serbia Seychelles Singapore Slovakia
Slovenia Somalia Spain Sudan Suriname Sweden Switzerland Syria Taiwan Tajikistan Tanzania Tatarstan Thailand Tibet
Togo Tonga Tunisia Turkestan Turkey Turkmenistan Tuvalu Türkiye Uganda Ukraine Uruguay USSR Uzbekistan Vanuatu Vatican
Venezuela Vietnam Wales Xinjiang Yemen Yugoslavia Zaire Zambia Zimbabwe Alaska Arizona California Colorado
Connecticut Delaware Florida Hawaii Illinois Indiana Kansas Kentucky Louisiana Maryland Massachusetts Michigan
Minnesota Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Ontario Oregon Pennsylvania Queensland Tennessee
Texas Utah Vermont Virginia Wisconsin Wyoming
Afghan African Albanian Algerian American Americans Andean Anglican Anglo Arab Arabian Arabic Argentine Armenian Asian Assyrian
Athenian Australian Austrian Azerbaijani Aztec Babylonian Bashkir Basque Bavarian Belarusian Belgian Bengali Berber
Bolivian Bolshevik Bolsheviks Bosnian Brazilian Breton Britannia British Britannica Briton Britons Bulgarian Burmese Byzantine
Cambodian Canadian Cantonese Carthaginian Castilian Catalan Caucasian Celt Celtic Chechen Chilean Chinese Colombian
Cornish Cossack Cossacks Croat Croatian Cuban Cypriot Czech Dane Danish Dutch Egyptian English Englishman Estonian
Ethiopian Etruscan European Europeans Filipino Finn Finnish Flemish French Gaelic Galician Gallic Georgian German
Germanic Germans Greek Greeks Hausa Hebrew Hellenic Hellenistic Hindi Hispanic Hungarian Iberian Icelandic Igbo Inca
Indian Indians Indonesian Inuit Iranian Iraqi Irish Irishman Israeli Italian Italians Jamaican Japanese Javanese
Jordanian Kazakh Kazakhs Kazakhstani Kenyan Khmer Korean Koreans Kurd Kurdish Kurds Kyrgyz Latin Latino Latina Latvian
Lebanese Libyan Lithuanian Malay Malaysian Maltese Manchu Maori Māori Maya Mayan Mexican Mexicans Mongol Mongolian
Mongols Moroccan Mughal Nepalese Nigerian Nordic Norman Normans Norse Norwegian Ottoman Ottomans Pakistani Palestinian
Palestinians Peruvian Persian Persians Phoenician Portuguese Prussian Quechua Roma Roman Romani Romanian Romans
Rwandan Russian Russians Sanskrit Saxon Saxons Scandinavian Scot Scots Scottish Serb Serbian Serbs Sinhalese Slav
Slavic Slavonic Slavs Slovak Slovene Slovenian Somali Soviet Soviets Spaniard Spanish Spartan Sudanese Sumerian
Swahili Swede Swedish Swiss Syrian Taiwanese Tajik Tajiks Tamil Tatar Tatars Telugu Teutonic Thai Tibetan Trojan
Tunisian Turk Turkic Turkish Turkmen Turks Ukrainian Ukrainians Urdu Uyghur Uyghurs Uzbek Uzbeks Venetian Vietnamese
Viking Vikings Welsh Yiddish Yoruba Yugoslav Zulu
Aberdeen Algiers Almaty Amsterdam Ankara Antwerp Ashgabat Astana Athens Baghdad Baku Bangkok Barcelona Beijing Beirut
Belfast Belgrade Berlin Bern Birmingham Bishkek Bologna Bombay Bonn Boston Bratislava Brussels Bucharest Budapest
Cairo Calcutta Cambridge Canterbury Chernobyl Chicago Constantinople Copenhagen Cracow Damascus Delhi Donbas Dresden
Dublin Edinburgh Florence Frankfurt Geneva Glasgow Grozny Hague Hamburg Hanoi Havana Helsinki Hiroshima Istanbul
Jakarta Jerusalem Johannesburg Kabul Karachi Kazan Kharkiv Kiev Kolkata Kremlin Krakow Kyiv Lagos Leipzig Leningrad
Lisbon Liverpool London Lviv Lyon Maastricht Madrid Manchester Manhattan Manila Marseille Melbourne Milan Minsk
Montreal Moscow Mumbai Munich Nagasaki Nairobi Naples Nuremberg Odessa Oslo Oxford Paris Petersburg Petrograd Prague
Pyongyang Riga Rome Rotterdam Saigon Sarajevo Seoul Sevastopol Shanghai Sofia Srebrenica Stalingrad Stockholm
Strasbourg Sydney Tallinn Tashkent Tbilisi Tehran Tokyo Toronto Venice Versailles Vienna Vilnius Volga Warsaw
Washington Yerevan Zagreb Zurich Amazon Ganges Nile Rhine Thames Everest
Anglicanism Bible Biblical Buddha Buddhism Buddhist Buddhists Calvinism Calvinist Christ Christian Christianity
Christians Confucian Confucianism Confucius Hindu Hinduism Hindus Islam Islamic Islamism Islamist Jain Jesuit Jesuits
Jesus Jew Jewish Jews Judaism Koran Lutheran Methodist Muslim Muslims Muhammad Protestant Protestantism Puritan
Puritans Quaker Quakers Qur'an Qur’an Quran Shia Shiite Sikh Sikhs Sufi Sunni Talmud Taoism Torah Vedic Zen Zionism
Zionist
Aristotelian Aristotle Bayesian Bismarck Boolean Bourdieu Brezhnev Caesar Cartesian Chaucer Churchill Clausewitz
Dante Darwin Darwinian Darwinism Derrida Descartes Dickens Dostoevsky Durkheim Einstein Eisenhower Elizabethan
Foucault Freud Freudian Gandhi Gaussian Goethe Gorbachev Gramsci Habermas Hegel Hegelian Heidegger Hitler Hobbes
Homer Homeric Hume Jefferson Joyce Kafka Kant Kantian Kennedy Keynes Keynesian Khrushchev Lenin Leninism Leninist
Lincoln Locke Luther Machiavelli Machiavellian Malthusian Mao Maoism Maoist Markov Marx Marxian Marxism Marxist
Marxists Milton Mozart Mussolini Napoleon Napoleonic Nazarbayev Nazi Nazis Nazism Newton Newtonian Nietzsche Obama
Orwell Plato Platonic Poisson Putin Rawls Reagan Roosevelt Rousseau Shakespeare Shakespearean Socrates Socratic
Spinoza Stalin Stalinism Stalinist Stuart Thatcher Thatcherism Tocqueville Tolstoy Trotsky Trump Tudor Victorian
Weber Weberian Wittgenstein Yeltsin
Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February April June July August September October
November December Christmas Easter Ramadan
Internet Facebook Google Twitter YouTube Wikipedia Holocaust Renaissance Reformation Enlightenment Bolshevism
Brexit Eurozone Maidan Euromaidan Hollywood Bollywood Interpol Comintern Gulag Schengen Warsaw Westphalian
Westphalia Yalta Potsdam Comecon Amnesty Unesco Unicef
`;

const acronyms = `
AIDS ASEAN BBC BRICS CIA CIS COVID CSTO DNA EAEU ECHR EEC EU FBI FSB GATT GDP HIV ICC ICJ IMF IRA KGB NAFTA NASA NATO
NGO NGOs NHS OECD OPEC OSCE PLO RNA SARS SCO UAE UK UN UNESCO UNHCR UNICEF US USA USSR WHO WTO WWI WWII II III IV VI
VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI
`;

/** The names that are more than one word, of which one at least is common by itself. */
const phrases = `
American Civil War; Arab Spring; Balkan Wars; Baltic Sea; Bay of Pigs; Black Death; Black Sea; Bosnian War;
British Empire; British Isles; Cape Verde; Caspian Sea; Central Africa; Central America; Central Asia; Central Asian;
Central Europe; Central European; Chatham House; Cold War; Commonwealth of Independent States; Communist Party;
Costa Rica; Council of Europe; Crimean War; Customs Union; Dead Sea; Dominican Republic; East Africa; East Asia;
East Asian; East Germany; East Timor; Eastern Bloc; Eastern Europe; Eastern European; Eastern Question;
El Salvador; English Channel; Eurasian Economic Union; Eurasian Union; European Commission; European Community;
European Court of Human Rights; European Court of Justice; European Parliament; European Union; Far East; First World War;
French Revolution; Great Britain; Great Depression; Great Game; Great War; Gulf War; Holy Land; Holy Roman Empire;
Hong Kong; House of Commons; House of Lords; Horn of Africa; Industrial Revolution; Indian Ocean; International Monetary Fund;
Iron Curtain; Ivory Coast; Korean War; Labour Party; Latin America; Latin American; League of Nations; Los Angeles;
Magna Carta; Middle Ages; Middle East; Middle Eastern; Near East; Near Eastern; New Deal; New England; New South Wales;
New Testament; New World; New York; New Zealand; Nobel Prize; North Africa; North African; North America; North American;
North Atlantic; North Carolina; North Korea; North Korean; North Sea; Northern Ireland; Old Testament; Orange Revolution;
Ottoman Empire; Pacific Ocean; Papua New Guinea; Peloponnesian War; Persian Gulf; Puerto Rico; Red Army; Red Cross;
Red Sea; Roman Catholic; Roman Empire; Royal Navy; Royal Society; Russian Empire; Russian Federation; Russian Revolution;
San Francisco; Sao Paulo; Saudi Arabia; Saudi Arabian; Second World War; Shanghai Cooperation Organization;
Shanghai Cooperation Organisation; Sierra Leone; Silk Road; South Africa; South African; South America; South American;
South Asia; South Asian; South Carolina; South Korea; South Korean; South Ossetia; South Sudan; Southeast Asia;
Southeast Asian; Soviet Union; Spanish Civil War; Sri Lanka; St Petersburg; St. Petersburg; Suez Canal; Suez Crisis;
Supreme Court; Third Reich; Third World; Thirty Years' War; Thirty Years’ War; Trinidad and Tobago; United Arab Emirates;
United Kingdom; United Nations; United States; United States of America; Vietnam War; Warsaw Pact; West Africa;
West African; West Bank; West Germany; West Indies; Western Europe; Western European; Western Sahara; White House;
World Bank; World Health Organization; World Trade Organization; World War; World War I; World War II
`;

const list = (text: string): string[] => text.trim().split(/\s+/);

let nouns: Map<string, string> | undefined;
let several: Map<string, (readonly string[])[]> | undefined;

/** Returns names by their small letters: `russia` to `Russia`, `nato` to `NATO`. */
export function properNouns(): ReadonlyMap<string, string> {
  nouns ??= new Map([...list(words), ...list(acronyms)].map((word) => [word.toLowerCase(), word]));
  return nouns;
}

/** Returns names of several words, by the first of these in small letters; longest first. */
export function properPhrases(): ReadonlyMap<string, readonly (readonly string[])[]> {
  if (several) return several;
  several = new Map();
  const all = phrases
    .trim()
    .split(/;\s*/)
    .map((phrase) => phrase.split(/\s+/))
    .sort((a, b) => b.length - a.length);
  for (const phrase of all) {
    const first = phrase[0]!.toLowerCase();
    several.set(first, [...(several.get(first) ?? []), phrase]);
  }
  return several;
}
