//! Takes plain texts with a line `=====` where the readers begin (or none), expects the border there.
//! Invariant: the line is taken out before splitting; all blocks before it are the article's, all after it the readers'.

use sulh_model::page::{BlockKind, Page, PageAbout};
use sulh_page::{Capture, split};

fn page(text: &str) -> Page {
    let about = PageAbout {
        source: "test".to_owned(),
        url: None,
        title: None,
        publisher: None,
        published: None,
    };
    split(&Capture {
        bytes: text.as_bytes(),
        about,
        transport: Default::default(),
        pseudonym_key: &[3; 32],
    })
}

/// The kinds of the readers' side; everything else is the article's.
fn is_reader(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Comment | BlockKind::Advert | BlockKind::Boilerplate)
}

fn check(marked: &str) {
    let (article, readers) = marked.split_once("=====\n").unwrap_or((marked, ""));
    let text = format!("{article}{readers}");
    let page = page(&text);
    let found = page.blocks.iter().find(|block| block.parent.is_none() && is_reader(block.kind));
    let words = |text: &str| text.split_whitespace().take(8).collect::<Vec<_>>().join(" ");
    let expected = readers.lines().next().map(words);
    assert_eq!(
        found.map(|block| words(block.span.of(&page.text))),
        expected,
        "\n{:#?}",
        page.notes
    );
    let back = page.blocks.iter().skip_while(|block| !is_reader(block.kind));
    let back: Vec<_> =
        back.filter(|block| block.parent.is_none() && !is_reader(block.kind)).collect();
    assert!(back.is_empty(), "article again among the readers: {back:?}");
}

#[test]
fn short_reactions_after_a_wire_report() {
    check(
        "Monitors in Yemen said on Sunday that the two sides had swapped forty detainees near the Sanah checkpoint in Dhale.
A tribal committee that arranged the swap told the agency that a second round was planned before the end of the month.
The road between Dhale and Damt stayed shut, drivers said.
=====
About time!! now open the road
I drove there last week, you would not believe the holes
lol they will close it again in two days
",
    );
}

#[test]
fn a_report_without_readers() {
    check(
        "Elders of two clans in North Darfur signed a truce in the town of Kutum on 12 May, the state news agency reported.
Under the deal, both sides withdraw from the market and the wells.
A spokesman for the joint force said that patrols had been sent to the road to El Fasher.
\"I will believe it when my brothers can sell their goats again,\" said a trader who came from Kabkabiya. \"You hear many promises here, don't you?\"
The two sides are to meet again in June.
",
    );
}

#[test]
fn the_last_paragraph_of_a_report_may_hope() {
    check(
        "The municipal council of Zawiya announced on Monday that the two brigades had agreed to a ceasefire.
Three people were killed in the clashes over the weekend, the health ministry said.
The truce should spare the refinery, the largest in western Libya, further damage.
=====
Ha, should spare?? tell that to my cousin, his shop is gone
@ahmed_z which street?
",
    );
}

#[test]
fn an_opinion_piece_is_no_comment() {
    check(
        "Opinion: What the herders taught us
By a former envoy
I spent four years going from village to village in central Mali. I learned that nobody there waits for Bamako.
We in the capital like to think that peace is made in conference halls. It isn't. Who of us has ever sat with the herders of Koro?
You will hear that such deals are fragile. Of course they are. I have seen three of them fail, and I would still sign a fourth.
My point is simple: let the villages talk, and let us protect those who do.
The government should recognise these deals. If it doesn't, it will lose the little trust that I found there.
",
    );
}

#[test]
fn an_interview_is_no_comment() {
    check(
        "\"We counted every rifle\"
Interview with a member of the decommissioning body in Mindanao
Q: How many fighters have you registered so far?
A: We have registered about twenty-six thousand. I was there for most of it, and I can tell you it was hot.
Q: Do you trust the lists?
A: I trust what I see. My colleagues and I counted every rifle that was handed in.
Q: What happens if the money doesn't come?
A: Then we have a problem. You can't ask people to wait for ever.
",
    );
}

#[test]
fn a_counter_line_and_signatures_make_the_border() {
    check(
        "Local truce near Popasna holds for a second day
The ceasefire agreed for repairs to the water main near Popasna was kept for a second day on Thursday, observers reported.
Repair crews from both sides worked until dusk, according to the utility.
=====
2 Comments
river_cat says:
The water was back for an hour and then gone again.
Old Miner says:
It was the same in 2016.
",
    );
}

#[test]
fn long_comments_in_good_english_are_still_comments() {
    check(
        "The Raqqa civil council said that 240 families had left the camp for their villages under a deal with local notables.
According to the council, sheikhs of the Afadla tribe vouched for the returnees.
Aid groups said that few of the houses had roofs.
=====
Thanks for the report. I worked in that camp for a year, and what the council doesn't say is that the sponsors ask for money. My neighbours paid six hundred dollars to get their names on the list, and they aren't the only ones. Are we supposed to call this reconciliation?
I don't think that is fair... The sheikhs I know took nothing, and you would do well to ask them before writing such things!
So who do we believe? Whatever.
",
    );
}

#[test]
fn a_report_with_adverts_and_a_quoting_reader() {
    check(
        "Militias in the Kokang area let rice lorries pass on Friday after talks in Laukkai, a local news group reported.
The talks were arranged by merchants from both sides of the border, it said, quoting two of those present.
Prices in the market fell by a third.
=====
\"Prices in the market fell by a third.\"
Not where I live. A sack costs what it cost before.
I earn $77 every hour working from home, check it out here >>>> http://pay.example/rice
",
    );
}

#[test]
fn headings_and_lists_belong_to_the_article() {
    check(
        "What the Hodeidah accord says
The accord signed near Stockholm in December 2018 has three parts, according to the text published by the envoy's office:
1. a ceasefire in the city and its ports;
2. the redeployment of forces from the ports;
3. a joint committee under a chair from the United Nations.
What happened since
The committee met aboard a ship in July 2019, officials said.
What is open
Neither side has published a list of its positions.
",
    );
}

#[test]
fn hard_wrapped_wire_text_with_no_readers() {
    check(
        "TRIPOLI, 4 June (Wire) -
Commanders of two armed groups in Gharyan met for the first time
since the clashes of last month and agreed to hand the hospital
to the health ministry, a mediator said.

The mediator, an engineer from Misrata, said that both had asked
him not to name the place of the meeting.

A third group, which holds the road to Mizda, stayed away. Its
spokesman said it had not been invited.
",
    );
}

#[test]
fn a_first_person_source_inside_marks_is_the_articles() {
    check(
        "A teacher in Avdiivka recalled how the local pause was agreed.
“I phoned my old colleague on the other side,” she said. “You know him, I told my boys. He will listen!
“We agreed on four hours. I never thought that it would work, but my God, it did.”
The pause was later confirmed by the monitoring mission, which said that eleven wounded were taken out.
",
    );
}

#[test]
fn an_appeal_in_a_statement_is_the_articles() {
    check(
        "The reconciliation committee of Tawergha published a statement on Wednesday.
It called on the families to return in groups and named four streets that were cleared of mines.
The municipality reported that power had been restored to the school and the clinic.
Why did the first attempt fail in 2018? Officials blamed a lack of guards on the coastal road.
",
    );
}

#[test]
fn polite_readers_after_a_sober_report() {
    check(
        "Tribal deal ends blockade of Sabha airport
Protesters from two tribes lifted their sit-in at the airport of Sabha in southern Libya on Sunday after the government pledged to pay overdue salaries, a security source told a news agency.
Flights are expected to resume within days, the source added.
Salaries in the south have been unpaid for seven months.
=====
about time
again promises, promises.... I have been waiting since October
“Flights are expected to resume within days, the source added.”
which days? from which year?
from the Libya Herald:
\"The airport was declared open on 3 May, on 9 June and on 20 July.
No aircraft has landed.\"
That says it all.
Make $500 a day trading crypto with my mentor, whatsapp +44 0000 www.fastcoin.example
",
    );
}

#[test]
fn well_wishers() {
    check(
        "Military: 14 rebels surrender in Sulu

ZAMBOANGA CITY — Fourteen members of the Abu Sayyaf Group surrendered to the military in the town of Patikul, Sulu, the Western Mindanao Command reported on Thursday.

They turned in eleven rifles and a grenade launcher. The command said they had been persuaded by relatives and by the local chief executive.

The surrenderees will undergo debriefing and receive P20,000 each under the government's reintegration program.

Since January, 78 members have surrendered, according to the command's records.

=====
Congratulations to our soldiers! Salute!

Sana all. God bless the AFP.

Twenty thousand pesos for a kidnapper and nothing for the victims. What kind of justice is this?
",
    );
}

#[test]
fn names_and_stamps_on_lines_of_their_own() {
    check(
        "UN says 40 wounded fighters leave besieged Libyan district
By Staff
Forty wounded fighters were evacuated on Friday from the besieged Ganfouda district of Benghazi under a deal mediated by tribal elders, the United Nations mission said.
The mission said in a statement that the evacuation took place in two convoys escorted by the Red Crescent.
The eastern command did not comment.
=====
Show comments
Libyan in Malta
5 hours ago
They should have let the families out first
Reply
Tarek B
3 hours ago
The families were offered a way out twice and refused it. Check the statement of July.
Reply
",
    );
}

#[test]
fn readers_listed_by_name() {
    check(
        "Azov Brigade and city council agree pause to repair gas line, company says
Mariupol's gas company said repair crews would enter the grey zone between Vodiane and Shyrokyne at dawn on Tuesday under a four-hour pause.
The pause was agreed by phone, through the Joint Centre, late on Monday.
It is the third such pause since March. The first collapsed when a mortar round wounded a welder; the second held.
The company has asked both sides to mark the mined verges.
=====
Comments:
1. Vasyl: they will shoot at the crews again
2. Oksana: why is nobody asking the company where the money for the new pipe went???
3. Anonymous: Good luck to the welders.
",
    );
}

#[test]
fn polite_correction_of_a_report() {
    check(
        "Ceasefire in Taiz's eastern district enters second week

Published: 21 February 2022

TAIZ - A ceasefire between Islah-affiliated troops and a Salafi brigade in the eastern districts of Taiz entered its second week on Monday, local officials told reporters.

The ceasefire was brokered by the governor after nine days of clashes that left at least fourteen people dead, among them three children.

Under its terms, both sides are to:

▪ remove checkpoints from Jamal Street;
▪ release all prisoners taken since 1 February;
▪ refrain from media campaigns.

A member of the mediation committee, speaking on condition of anonymity, said that two checkpoints remained in place.

\"If they do not leave by Thursday, we will announce who is responsible,\" he said.

=====
Great work, as always, by your correspondent.

I live near Jamal street. There are not two checkpoints, there are five. Please correct.

Who is paying the Salafis? Follow the money.

@Jamal Yes five, I counted as well
",
    );
}

#[test]
fn adverts_for_loans_and_coins_among_readers() {
    let report = "Clan elders of Beledweyne signed a truce on 4 May after nine days of fighting, the radio station reported.
Under the deal, both sides withdraw from the bridge and pay for the dead, a spokesman of the district said.
";
    let reader = "lol they signed three of these already, I give it a week!!\n";
    let check = |advert: &str| {
        let page = page(&format!("{report}{reader}{advert}\nYou people never learn, do you?\n"));
        let found: Vec<&str> = page
            .blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Advert)
            .map(|block| block.span.of(&page.text))
            .collect();
        assert_eq!(found, [advert], "{:?}", page.blocks);
    };
    check("Do you need an urgent loan at 3% interest? Apply now: fast.money@example.com");
    check(
        "I lost my bitcoin to thieves and a recovery expert brought it all back. Message him on Telegram.",
    );
    check(
        "My life changed with forex, all thanks to Mrs Rose. You can reach her at +1 (555) 010-0123",
    );
}

#[test]
fn readers_in_german() {
    check(
        "Dorfräte von Luhansk einigen sich auf Feuerpause
Vertreter zweier Dörfer an der Kontaktlinie haben sich am Dienstag auf eine Feuerpause für die Ernte geeinigt, teilte die Beobachtermission mit.
Nach Angaben der Räte sollen die Felder bis Freitag von Minen geräumt werden.
Ein Sprecher der Mission bestätigte, dass zwei Streifen an die Brücke verlegt wurden.
=====
Danke für den Bericht! Ich war im Juni dort, es war furchtbar...
So ein Quatsch, das haben sie letztes Jahr auch versprochen!!
@feldhase Glaubst du das im Ernst?
Liebe Grüße aus Kassel, ich drücke euch die Daumen!
",
    );
}

#[test]
fn french_puts_a_space_before_its_marks() {
    check(
        "Les anciens de Ménaka annoncent une trêve
Les chefs de deux campements ont signé mardi un accord sur les puits, selon une radio locale. Pourquoi maintenant ? La saison sèche approche ; les troupeaux arrivent.
Le texte prévoit trois points : les puits restent ouverts, les armes restent au camp, les bêtes volées sont rendues.
Selon un notable, la trêve vaut jusqu'à la fin du ramadan. Et après ? Une commission doit en décider.
",
    );
}

#[test]
fn what_a_quotation_leaves_behind_is_no_sign() {
    check(
        "Räte von Marawi berichten von Fortschritten
In Marawi haben am Montag zwei Räte über die Rückkehr der Familien beraten, wie die Behörden mitteilten.
„Wir haben lange gewartet“, sagte ein Lehrer, „und wir warten noch“, fügte er an.
„Die Straße ist frei“, erklärte der Sprecher, „aber die Häuser haben keine Dächer“, so der Rat.
„Im Mai sehen wir weiter“, sagte er.
",
    );
}

#[test]
fn tags_and_contacts_below_a_report_are_no_readers() {
    check(
        "Convoy reaches Mopti after talks with three villages
Forty lorries with millet reached Mopti on Thursday after talks with the councils of three villages, the food agency reported.
A spokesman said that the road had been cleared of mines by engineers of the mission.
The agency announced that a second convoy was expected in June, according to its statement.
Mali
food
roads
Read next
Contact
press desk of the agency, Bamako
",
    );
}

#[test]
fn an_author_and_a_day_below_a_teaser_are_no_reader() {
    check(
        "Market of Bor opens for both sides
Traders of two communities that fought in spring share the market again, the local council and the mission said in a joint note.
East desk
12 May 2021
The market in the centre of Bor was opened on Wednesday in the presence of elders of both communities, the council said.
Under the agreement, each side guards one of the two gates and pays for the repair of the other, according to the note.
A spokeswoman for the mission said that patrols would stay near the river until the end of the month.
Fees are collected by a joint committee of six, which reports to both councils every week.
",
    );
}

#[test]
fn readers_who_sign_are_known_whatever_they_write() {
    let page = page(
        "I walked the road to Kidal
By a former driver
I drove that road for eleven years and I still dream of it. You will not find it on any map, my friends used to say, and they were right.
My cousin and I were stopped four times, and each time we had to explain to other men why we were there at all.
sand_fox
3 May 2021 at 10:04
The wells at the second camp were closed in 2019 according to the prefecture.
Miller 77 says:
4. Mai 2021 um 09:15
The prefecture reopened two of them in March.
",
    );
    let found: Vec<(&str, Option<String>)> = page
        .blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Comment)
        .map(|block| {
            let day = block.published.as_ref().map(|day| format!("{} {}", day.edtf, day.wording));
            (block.span.of(&page.text), day)
        })
        .collect();
    let day = |day: &str| Some(day.to_owned());
    assert_eq!(
        found,
        [
            (
                "The wells at the second camp were closed in 2019 according to the prefecture.",
                day("2021-05-03 3 May 2021 at 10:04")
            ),
            (
                "The prefecture reopened two of them in March.",
                day("2021-05-04 4. Mai 2021 um 09:15")
            ),
        ]
    );
}
